; electron-builder puts this into its installer. What the app itself has told Windows goes with it: that it takes studyhall:// links, and
; that it starts at login, one value a profile (src/main/startup/planStartAtLogin.ts).

!macro removeStudyhallValues KEY
  StrCpy $R0 0
  ${Do}
    EnumRegValue $R1 HKCU "${KEY}" $R0
    ${If} $R1 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $R2 $R1 10
    ${If} $R2 == "Studyhall-"
      ; The next value has the number of this one then.
      DeleteRegValue HKCU "${KEY}" $R1
    ${Else}
      IntOp $R0 $R0 + 1
    ${EndIf}
  ${Loop}
!macroend

!macro customUnInstall
  ; An update takes the old version away by the same means, and is to keep all of it.
  ${IfNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\studyhall"
    !insertmacro removeStudyhallValues "Software\Microsoft\Windows\CurrentVersion\Run"
    !insertmacro removeStudyhallValues "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
  ${EndIf}
!macroend

module studyhall/faultlink

go 1.22

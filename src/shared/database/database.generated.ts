// Written by `npm run db:types` from the migrations; not to be changed by hand.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      blocked_people: {
        Row: {
          blocked_at: string
          blocked_id: string
          blocker_id: string
          display_name: string
        }
        ComputedFields: never
        Insert: {
          blocked_at?: string
          blocked_id: string
          blocker_id: string
          display_name: string
        }
        Update: {
          blocked_at?: string
          blocked_id?: string
          blocker_id?: string
          display_name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'blocked_people_blocked_id_fkey'
            columns: ['blocked_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'blocked_people_blocker_id_fkey'
            columns: ['blocker_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      messages: {
        Row: {
          author_id: string
          body: string
          client_message_id: string
          created_at: string
          id: string
          room_id: string
        }
        ComputedFields: never
        Insert: {
          author_id: string
          body: string
          client_message_id: string
          created_at?: string
          id?: string
          room_id: string
        }
        Update: {
          author_id?: string
          body?: string
          client_message_id?: string
          created_at?: string
          id?: string
          room_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'messages_author_id_fkey'
            columns: ['author_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'messages_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      profiles: {
        Row: {
          avatar: string | null
          created_at: string
          display_name: string
          id: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          avatar?: string | null
          created_at?: string
          display_name: string
          id: string
          updated_at?: string
        }
        Update: {
          avatar?: string | null
          created_at?: string
          display_name?: string
          id?: string
          updated_at?: string
        }
        Relationships: []
      }
      quality_samples: {
        Row: {
          at: string
          audio_down_bps: number | null
          audio_up_bps: number | null
          bytes_received: number | null
          bytes_sent: number | null
          connection_attempts: number | null
          connection_id: string
          connection_successes: number | null
          cpu_load_percent: number | null
          fps: number | null
          frame_height: number | null
          frame_width: number | null
          id: number
          jitter_ms: number | null
          limitation: Database['public']['Enums']['quality_limitation'] | null
          loss_ratio: number | null
          path_kind: Database['public']['Enums']['network_path']
          room_id: string
          rtt_ms: number | null
          topology: Database['public']['Enums']['room_topology']
          user_id: string | null
          video_down_bps: number | null
          video_up_bps: number | null
          window_ms: number
        }
        ComputedFields: never
        Insert: {
          at?: string
          audio_down_bps?: number | null
          audio_up_bps?: number | null
          bytes_received?: number | null
          bytes_sent?: number | null
          connection_attempts?: number | null
          connection_id: string
          connection_successes?: number | null
          cpu_load_percent?: number | null
          fps?: number | null
          frame_height?: number | null
          frame_width?: number | null
          id?: never
          jitter_ms?: number | null
          limitation?: Database['public']['Enums']['quality_limitation'] | null
          loss_ratio?: number | null
          path_kind?: Database['public']['Enums']['network_path']
          room_id: string
          rtt_ms?: number | null
          topology: Database['public']['Enums']['room_topology']
          user_id?: string | null
          video_down_bps?: number | null
          video_up_bps?: number | null
          window_ms: number
        }
        Update: {
          at?: string
          audio_down_bps?: number | null
          audio_up_bps?: number | null
          bytes_received?: number | null
          bytes_sent?: number | null
          connection_attempts?: number | null
          connection_id?: string
          connection_successes?: number | null
          cpu_load_percent?: number | null
          fps?: number | null
          frame_height?: number | null
          frame_width?: number | null
          id?: never
          jitter_ms?: number | null
          limitation?: Database['public']['Enums']['quality_limitation'] | null
          loss_ratio?: number | null
          path_kind?: Database['public']['Enums']['network_path']
          room_id?: string
          rtt_ms?: number | null
          topology?: Database['public']['Enums']['room_topology']
          user_id?: string | null
          video_down_bps?: number | null
          video_up_bps?: number | null
          window_ms?: number
        }
        Relationships: []
      }
      recording_consents: {
        Row: {
          answer: Database['public']['Enums']['consent_answer']
          answered_at: string | null
          is_late: boolean
          recording_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          answer?: Database['public']['Enums']['consent_answer']
          answered_at?: string | null
          is_late?: boolean
          recording_id: string
          user_id: string
        }
        Update: {
          answer?: Database['public']['Enums']['consent_answer']
          answered_at?: string | null
          is_late?: boolean
          recording_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'recording_consents_recording_id_fkey'
            columns: ['recording_id']
            isOneToOne: false
            referencedRelation: 'recordings'
            referencedColumns: ['id']
          },
        ]
      }
      recordings: {
        Row: {
          end_reason: string | null
          ended_at: string | null
          id: string
          requested_at: string
          requester_id: string | null
          room_id: string
          started_at: string | null
          status: Database['public']['Enums']['recording_status']
        }
        ComputedFields: never
        Insert: {
          end_reason?: string | null
          ended_at?: string | null
          id?: string
          requested_at?: string
          requester_id?: string | null
          room_id: string
          started_at?: string | null
          status?: Database['public']['Enums']['recording_status']
        }
        Update: {
          end_reason?: string | null
          ended_at?: string | null
          id?: string
          requested_at?: string
          requester_id?: string | null
          room_id?: string
          started_at?: string | null
          status?: Database['public']['Enums']['recording_status']
        }
        Relationships: [
          {
            foreignKeyName: 'recordings_requester_id_fkey'
            columns: ['requester_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'recordings_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      recurring_room_invites: {
        Row: {
          code_hash: string
          created_at: string
          expires_at: string
          id: string
          max_uses: number
          recurring_room_id: string
          used_count: number
        }
        ComputedFields: never
        Insert: {
          code_hash: string
          created_at?: string
          expires_at: string
          id?: string
          max_uses: number
          recurring_room_id: string
          used_count?: number
        }
        Update: {
          code_hash?: string
          created_at?: string
          expires_at?: string
          id?: string
          max_uses?: number
          recurring_room_id?: string
          used_count?: number
        }
        Relationships: [
          {
            foreignKeyName: 'recurring_room_invites_recurring_room_id_fkey'
            columns: ['recurring_room_id']
            isOneToOne: false
            referencedRelation: 'recurring_rooms'
            referencedColumns: ['id']
          },
        ]
      }
      recurring_room_members: {
        Row: {
          joined_at: string
          recurring_room_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          joined_at?: string
          recurring_room_id: string
          user_id: string
        }
        Update: {
          joined_at?: string
          recurring_room_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'recurring_room_members_recurring_room_id_fkey'
            columns: ['recurring_room_id']
            isOneToOne: false
            referencedRelation: 'recurring_rooms'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'recurring_room_members_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      recurring_rooms: {
        Row: {
          created_at: string
          duration_minutes: number
          id: string
          last_day: string | null
          max_participants: number
          name: string
          owner_id: string
          privacy: Database['public']['Enums']['room_privacy']
          rrule: string
          settings: NonNullable<Json>
          starts_at: string
          tags: string[]
          time_zone: string
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          duration_minutes: number
          id?: string
          last_day?: string | null
          max_participants?: number
          name: string
          owner_id: string
          privacy?: Database['public']['Enums']['room_privacy']
          rrule: string
          settings: NonNullable<Json>
          starts_at: string
          tags?: string[]
          time_zone: string
          updated_at?: string
        }
        Update: {
          created_at?: string
          duration_minutes?: number
          id?: string
          last_day?: string | null
          max_participants?: number
          name?: string
          owner_id?: string
          privacy?: Database['public']['Enums']['room_privacy']
          rrule?: string
          settings?: NonNullable<Json>
          starts_at?: string
          tags?: string[]
          time_zone?: string
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'recurring_rooms_owner_id_fkey'
            columns: ['owner_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      reports: {
        Row: {
          created_at: string
          details: string
          id: string
          reason: Database['public']['Enums']['report_reason']
          reported_id: string | null
          reported_name: string
          reporter_id: string | null
          reporter_name: string
          room_id: string | null
          room_name: string
        }
        ComputedFields: never
        Insert: {
          created_at?: string
          details?: string
          id?: string
          reason: Database['public']['Enums']['report_reason']
          reported_id?: string | null
          reported_name: string
          reporter_id?: string | null
          reporter_name: string
          room_id?: string | null
          room_name: string
        }
        Update: {
          created_at?: string
          details?: string
          id?: string
          reason?: Database['public']['Enums']['report_reason']
          reported_id?: string | null
          reported_name?: string
          reporter_id?: string | null
          reporter_name?: string
          room_id?: string | null
          room_name?: string
        }
        Relationships: [
          {
            foreignKeyName: 'reports_reported_id_fkey'
            columns: ['reported_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'reports_reporter_id_fkey'
            columns: ['reporter_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'reports_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      room_bans: {
        Row: {
          banned_at: string
          expires_at: string | null
          room_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          banned_at?: string
          expires_at?: string | null
          room_id: string
          user_id: string
        }
        Update: {
          banned_at?: string
          expires_at?: string | null
          room_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'room_bans_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'room_bans_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      room_events: {
        Row: {
          at: string
          details: NonNullable<Json>
          id: number
          kind: Database['public']['Enums']['room_event_kind']
          room_id: string
          user_id: string | null
        }
        ComputedFields: never
        Insert: {
          at?: string
          details?: NonNullable<Json>
          id?: never
          kind: Database['public']['Enums']['room_event_kind']
          room_id: string
          user_id?: string | null
        }
        Update: {
          at?: string
          details?: NonNullable<Json>
          id?: never
          kind?: Database['public']['Enums']['room_event_kind']
          room_id?: string
          user_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'room_events_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      room_invites: {
        Row: {
          code_hash: string
          created_at: string
          creator_id: string | null
          expires_at: string
          id: string
          max_uses: number
          revoked_at: string | null
          room_id: string
          used_count: number
        }
        ComputedFields: never
        Insert: {
          code_hash: string
          created_at?: string
          creator_id?: string | null
          expires_at: string
          id?: string
          max_uses: number
          revoked_at?: string | null
          room_id: string
          used_count?: number
        }
        Update: {
          code_hash?: string
          created_at?: string
          creator_id?: string | null
          expires_at?: string
          id?: string
          max_uses?: number
          revoked_at?: string | null
          room_id?: string
          used_count?: number
        }
        Relationships: [
          {
            foreignKeyName: 'room_invites_creator_id_fkey'
            columns: ['creator_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'room_invites_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      room_members: {
        Row: {
          joined_at: string
          room_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          joined_at?: string
          room_id: string
          user_id: string
        }
        Update: {
          joined_at?: string
          room_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'room_members_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'room_members_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      room_participants: {
        Row: {
          connection_id: string
          hand_raised_at: string | null
          heartbeats: number
          heartbeats_since: string
          id: string
          is_active: boolean
          joined_at: string
          last_seen_at: string
          left_at: string | null
          left_reason: string | null
          media_changes: number
          media_changes_since: string
          media_state: NonNullable<Json>
          room_id: string
          supports_sfu: boolean
          user_id: string
        }
        ComputedFields: never
        Insert: {
          connection_id: string
          hand_raised_at?: string | null
          heartbeats?: number
          heartbeats_since?: string
          id?: string
          is_active?: boolean
          joined_at?: string
          last_seen_at?: string
          left_at?: string | null
          left_reason?: string | null
          media_changes?: number
          media_changes_since?: string
          media_state?: NonNullable<Json>
          room_id: string
          supports_sfu?: boolean
          user_id: string
        }
        Update: {
          connection_id?: string
          hand_raised_at?: string | null
          heartbeats?: number
          heartbeats_since?: string
          id?: string
          is_active?: boolean
          joined_at?: string
          last_seen_at?: string
          left_at?: string | null
          left_reason?: string | null
          media_changes?: number
          media_changes_since?: string
          media_state?: NonNullable<Json>
          room_id?: string
          supports_sfu?: boolean
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: 'room_participants_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'room_participants_user_id_fkey'
            columns: ['user_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      room_tags: {
        Row: {
          room_id: string
          tag: string
        }
        ComputedFields: never
        Insert: {
          room_id: string
          tag: string
        }
        Update: {
          room_id?: string
          tag?: string
        }
        Relationships: [
          {
            foreignKeyName: 'room_tags_room_id_fkey'
            columns: ['room_id']
            isOneToOne: false
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
        ]
      }
      room_timers: {
        Row: {
          focus_minutes: number
          is_continuing: boolean
          long_break_minutes: number
          paused_at: string | null
          phase: Database['public']['Enums']['timer_phase']
          phase_ends_at: string
          phase_started_at: string
          room_id: string
          round: number
          rounds: number
          short_break_minutes: number
          updated_at: string
          updated_by: string | null
        }
        ComputedFields: never
        Insert: {
          focus_minutes: number
          is_continuing?: boolean
          long_break_minutes: number
          paused_at?: string | null
          phase: Database['public']['Enums']['timer_phase']
          phase_ends_at: string
          phase_started_at: string
          room_id: string
          round: number
          rounds: number
          short_break_minutes: number
          updated_at?: string
          updated_by?: string | null
        }
        Update: {
          focus_minutes?: number
          is_continuing?: boolean
          long_break_minutes?: number
          paused_at?: string | null
          phase?: Database['public']['Enums']['timer_phase']
          phase_ends_at?: string
          phase_started_at?: string
          room_id?: string
          round?: number
          rounds?: number
          short_break_minutes?: number
          updated_at?: string
          updated_by?: string | null
        }
        Relationships: [
          {
            foreignKeyName: 'room_timers_room_id_fkey'
            columns: ['room_id']
            isOneToOne: true
            referencedRelation: 'rooms'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'room_timers_updated_by_fkey'
            columns: ['updated_by']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
        ]
      }
      rooms: {
        Row: {
          channel_epoch: number
          closed_at: string | null
          created_at: string
          creator_id: string | null
          empty_since: string | null
          few_since: string | null
          has_password: boolean
          id: string
          is_active: boolean
          is_locked: boolean
          max_participants: number
          mesh_only_count: number
          name: string
          participant_count: number
          phases_until: string | null
          privacy: Database['public']['Enums']['room_privacy']
          recurring_room_id: string | null
          settings: NonNullable<Json>
          sfu_latched: boolean
          tags_version: number
          timer_version: number
          topology: Database['public']['Enums']['room_topology']
          topology_epoch: number
          updated_at: string
        }
        ComputedFields: never
        Insert: {
          channel_epoch?: number
          closed_at?: string | null
          created_at?: string
          creator_id?: string | null
          empty_since?: string | null
          few_since?: string | null
          has_password?: boolean
          id?: string
          is_active?: boolean
          is_locked?: boolean
          max_participants?: number
          mesh_only_count?: number
          name: string
          participant_count?: number
          phases_until?: string | null
          privacy?: Database['public']['Enums']['room_privacy']
          recurring_room_id?: string | null
          settings?: NonNullable<Json>
          sfu_latched?: boolean
          tags_version?: number
          timer_version?: number
          topology?: Database['public']['Enums']['room_topology']
          topology_epoch?: number
          updated_at?: string
        }
        Update: {
          channel_epoch?: number
          closed_at?: string | null
          created_at?: string
          creator_id?: string | null
          empty_since?: string | null
          few_since?: string | null
          has_password?: boolean
          id?: string
          is_active?: boolean
          is_locked?: boolean
          max_participants?: number
          mesh_only_count?: number
          name?: string
          participant_count?: number
          phases_until?: string | null
          privacy?: Database['public']['Enums']['room_privacy']
          recurring_room_id?: string | null
          settings?: NonNullable<Json>
          sfu_latched?: boolean
          tags_version?: number
          timer_version?: number
          topology?: Database['public']['Enums']['room_topology']
          topology_epoch?: number
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: 'rooms_creator_id_fkey'
            columns: ['creator_id']
            isOneToOne: false
            referencedRelation: 'profiles'
            referencedColumns: ['id']
          },
          {
            foreignKeyName: 'rooms_recurring_room_id_fkey'
            columns: ['recurring_room_id']
            isOneToOne: false
            referencedRelation: 'recurring_rooms'
            referencedColumns: ['id']
          },
        ]
      }
      study_sessions: {
        Row: {
          ended_at: string | null
          focused_ms: number
          goal: string | null
          id: string
          note: string | null
          outcome: Database['public']['Enums']['study_outcome'] | null
          present_ms: number
          shares_goal: boolean
          started_at: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          ended_at?: string | null
          focused_ms?: number
          goal?: string | null
          id?: string
          note?: string | null
          outcome?: Database['public']['Enums']['study_outcome'] | null
          present_ms?: number
          shares_goal?: boolean
          started_at: string
          user_id: string
        }
        Update: {
          ended_at?: string | null
          focused_ms?: number
          goal?: string | null
          id?: string
          note?: string | null
          outcome?: Database['public']['Enums']['study_outcome'] | null
          present_ms?: number
          shares_goal?: boolean
          started_at?: string
          user_id?: string
        }
        Relationships: []
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      accept_recurring_invite: { Args: { p_code: string }; Returns: Json }
      answer_recording: { Args: { p_is_given: boolean; p_recording_id: string }; Returns: Json }
      await_admission: { Args: { p_room_id: string }; Returns: Json }
      ban_person: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      block_person: { Args: { p_user_id: string }; Returns: Json }
      cancel_admission: { Args: { p_room_id: string }; Returns: undefined }
      check_in_study_session: {
        Args: {
          p_note?: string
          p_outcome: Database['public']['Enums']['study_outcome']
          p_session_id: string
        }
        Returns: Json
      }
      close_room: { Args: { p_room_id: string }; Returns: undefined }
      create_invite: {
        Args: { p_expires_in_hours?: number; p_max_uses?: number; p_room_id: string }
        Returns: Json
      }
      create_recurring_invite: {
        Args: { p_expires_in_hours?: number; p_max_uses?: number; p_recurring_room_id: string }
        Returns: Json
      }
      create_recurring_room: {
        Args: {
          p_duration_minutes?: number
          p_max_participants?: number
          p_name: string
          p_privacy?: Database['public']['Enums']['room_privacy']
          p_rrule: string
          p_settings?: Json
          p_starts_at: string
          p_tags?: string[]
          p_time_zone: string
        }
        Returns: Json
      }
      create_room: {
        Args: {
          p_idempotency_key?: string
          p_max_participants?: number
          p_name: string
          p_password?: string
          p_privacy?: Database['public']['Enums']['room_privacy']
          p_settings?: Json
          p_tags?: string[]
        }
        Returns: Json
      }
      decide_admission: {
        Args: { p_is_admitted: boolean; p_room_id: string; p_user_id: string }
        Returns: Json
      }
      delete_message: { Args: { p_message_id: string }; Returns: undefined }
      delete_recurring_room: { Args: { p_recurring_room_id: string }; Returns: undefined }
      end_study_session: { Args: { p_session_id: string }; Returns: Json }
      find_invited_room: { Args: { p_code: string }; Returns: Json }
      get_recording: { Args: { p_room_id: string }; Returns: Json }
      get_study_session: { Args: Record<PropertyKey, never>; Returns: Json }
      get_timer: { Args: { p_room_id: string }; Returns: Json }
      heartbeat: { Args: { p_connection_id: string; p_room_id: string }; Returns: string }
      join_room: {
        Args: {
          p_connection_id: string
          p_invite_code?: string
          p_password?: string
          p_room_id: string
          p_supports_sfu?: boolean
        }
        Returns: Json
      }
      leave_recurring_room: { Args: { p_recurring_room_id: string }; Returns: undefined }
      leave_room: { Args: { p_connection_id: string; p_room_id: string }; Returns: undefined }
      list_admissions: { Args: { p_room_id: string }; Returns: Json }
      list_bans: { Args: { p_room_id: string }; Returns: Json }
      list_blocked_people: { Args: Record<PropertyKey, never>; Returns: Json }
      list_common_tags: { Args: Record<PropertyKey, never>; Returns: Json }
      list_invites: { Args: { p_room_id: string }; Returns: Json }
      list_known_people: { Args: Record<PropertyKey, never>; Returns: Json }
      list_messages: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number; p_room_id: string }
        Returns: Json
      }
      list_my_recurring_rooms: { Args: Record<PropertyKey, never>; Returns: Json }
      list_participants: { Args: { p_room_id: string }; Returns: Json }
      list_recent_rooms: { Args: Record<PropertyKey, never>; Returns: Json }
      list_recurring_members: { Args: { p_recurring_room_id: string }; Returns: Json }
      list_room_members: { Args: { p_room_id: string }; Returns: Json }
      list_rooms: {
        Args: {
          p_after_count?: number
          p_after_created_at?: string
          p_after_id?: string
          p_after_name_key?: string
          p_has_room?: boolean
          p_limit?: number
          p_order?: Database['public']['Enums']['room_order']
          p_phase?: Database['public']['Enums']['room_phase']
          p_privacy?: Database['public']['Enums']['room_privacy']
          p_query?: string
          p_tags?: string[]
        }
        Returns: Json
      }
      list_study_sessions: {
        Args: { p_before?: string; p_before_id?: string; p_limit?: number }
        Returns: Json
      }
      lower_hand: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      may_record: { Args: { p_recording_id: string }; Returns: boolean }
      media_grant: { Args: { p_connection_id: string; p_room_id: string }; Returns: Json }
      mute_participant: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      my_statistics: { Args: { p_from: string; p_time_zone: string; p_to: string }; Returns: Json }
      note_sfu_arrival: { Args: { p_identity: string; p_room_id: string }; Returns: boolean }
      note_sfu_health: { Args: { p_answers: boolean }; Returns: boolean }
      open_recurring_room: { Args: { p_recurring_room_id: string }; Returns: Json }
      pause_timer: { Args: { p_room_id: string }; Returns: Json }
      permit_request: { Args: { p_action: string }; Returns: Json }
      read_metrics: { Args: Record<PropertyKey, never>; Returns: Json }
      record_quality_sample: {
        Args: { p_connection_id: string; p_room_id: string; p_sample: Json }
        Returns: Json
      }
      remove_participant: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      remove_recurring_member: {
        Args: { p_recurring_room_id: string; p_user_id: string }
        Returns: undefined
      }
      remove_room_member: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      report_mesh_failure: { Args: { p_room_id: string }; Returns: Json }
      report_person: {
        Args: { p_details?: string; p_reason: string; p_room_id: string; p_user_id: string }
        Returns: Json
      }
      request_recording: { Args: { p_room_id: string }; Returns: Json }
      resume_timer: { Args: { p_room_id: string }; Returns: Json }
      revoke_invite: {
        Args: { p_code?: string; p_invite_id?: string; p_room_id: string }
        Returns: undefined
      }
      revoke_invites: { Args: { p_room_id: string }; Returns: undefined }
      revoke_recurring_invites: { Args: { p_recurring_room_id: string }; Returns: undefined }
      send_message: {
        Args: { p_body: string; p_client_message_id: string; p_room_id: string }
        Returns: Json
      }
      set_avatar: { Args: { p_avatar: string }; Returns: Json }
      set_hand: { Args: { p_is_raised: boolean; p_room_id: string }; Returns: Json }
      set_media_state: {
        Args: { p_is_muted: boolean; p_is_screensharing: boolean; p_is_video_off: boolean; p_room_id: string }
        Returns: Json
      }
      set_room_lock: { Args: { p_is_locked: boolean; p_room_id: string }; Returns: Json }
      set_timer_lengths: {
        Args: {
          p_focus_minutes: number
          p_is_continuing?: boolean
          p_long_break_minutes: number
          p_room_id: string
          p_rounds: number
          p_short_break_minutes: number
        }
        Returns: Json
      }
      set_whereabouts: { Args: { p_is_shown: boolean }; Returns: Json }
      settle_sfu_room: {
        Args: {
          p_has_removed: boolean
          p_is_done: boolean
          p_lease_id: string
          p_room_id: string
          p_version: number
        }
        Returns: undefined
      }
      skip_phase: {
        Args: { p_phase: Database['public']['Enums']['timer_phase']; p_room_id: string; p_round: number }
        Returns: Json
      }
      start_study_session: { Args: { p_goal?: string; p_shares_goal?: boolean }; Returns: Json }
      start_timer: {
        Args: {
          p_focus_minutes?: number
          p_is_continuing?: boolean
          p_long_break_minutes?: number
          p_room_id: string
          p_rounds?: number
          p_short_break_minutes?: number
        }
        Returns: Json
      }
      stop_recording: { Args: { p_recording_id: string }; Returns: Json }
      stop_timer: { Args: { p_room_id: string }; Returns: Json }
      take_sfu_rooms: { Args: { p_limit?: number }; Returns: Json }
      transfer_room: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      unban_person: { Args: { p_room_id: string; p_user_id: string }; Returns: Json }
      unblock_person: { Args: { p_user_id: string }; Returns: Json }
      update_recurring_room: { Args: { p_changes: Json; p_recurring_room_id: string }; Returns: Json }
      update_room_settings: { Args: { p_changes: Json; p_room_id: string }; Returns: Json }
      withdraw_consent: { Args: { p_recording_id: string }; Returns: Json }
    }
    Enums: {
      consent_answer: 'pending' | 'given' | 'refused' | 'withdrawn'
      network_path: 'host' | 'srflx' | 'relay' | 'unknown'
      quality_limitation: 'none' | 'cpu' | 'bandwidth' | 'other'
      recording_status: 'requested' | 'recording' | 'ended'
      report_reason: 'harassment' | 'sexual_content' | 'violence' | 'spam' | 'underage' | 'other'
      room_event_kind: 'created' | 'closed' | 'joined' | 'left' | 'topology_changed'
      room_order: 'lively' | 'newest' | 'name'
      room_phase: 'focus' | 'break'
      room_privacy: 'public' | 'private'
      room_topology: 'mesh' | 'sfu'
      study_outcome: 'done' | 'partly' | 'not_done'
      timer_phase: 'focus' | 'short_break' | 'long_break'
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    keyof (DefaultSchema['Tables'] & DefaultSchema['Views']) | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    keyof DefaultSchema['CompositeTypes'] | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      consent_answer: ['pending', 'given', 'refused', 'withdrawn'],
      network_path: ['host', 'srflx', 'relay', 'unknown'],
      quality_limitation: ['none', 'cpu', 'bandwidth', 'other'],
      recording_status: ['requested', 'recording', 'ended'],
      report_reason: ['harassment', 'sexual_content', 'violence', 'spam', 'underage', 'other'],
      room_event_kind: ['created', 'closed', 'joined', 'left', 'topology_changed'],
      room_order: ['lively', 'newest', 'name'],
      room_phase: ['focus', 'break'],
      room_privacy: ['public', 'private'],
      room_topology: ['mesh', 'sfu'],
      study_outcome: ['done', 'partly', 'not_done'],
      timer_phase: ['focus', 'short_break', 'long_break'],
    },
  },
} as const

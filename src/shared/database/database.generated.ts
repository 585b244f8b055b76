// Written by `npm run db:types` from the migrations; not to be changed by hand.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
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
      room_participants: {
        Row: {
          connection_id: string
          id: string
          is_active: boolean
          joined_at: string
          last_seen_at: string
          left_at: string | null
          left_reason: string | null
          media_state: NonNullable<Json>
          room_id: string
          user_id: string
        }
        ComputedFields: never
        Insert: {
          connection_id: string
          id?: string
          is_active?: boolean
          joined_at?: string
          last_seen_at?: string
          left_at?: string | null
          left_reason?: string | null
          media_state?: NonNullable<Json>
          room_id: string
          user_id: string
        }
        Update: {
          connection_id?: string
          id?: string
          is_active?: boolean
          joined_at?: string
          last_seen_at?: string
          left_at?: string | null
          left_reason?: string | null
          media_state?: NonNullable<Json>
          room_id?: string
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
      rooms: {
        Row: {
          channel_epoch: number
          closed_at: string | null
          created_at: string
          creator_id: string | null
          empty_since: string | null
          has_password: boolean
          id: string
          is_active: boolean
          max_participants: number
          name: string
          participant_count: number
          privacy: Database['public']['Enums']['room_privacy']
          settings: NonNullable<Json>
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
          has_password?: boolean
          id?: string
          is_active?: boolean
          max_participants?: number
          name: string
          participant_count?: number
          privacy?: Database['public']['Enums']['room_privacy']
          settings?: NonNullable<Json>
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
          has_password?: boolean
          id?: string
          is_active?: boolean
          max_participants?: number
          name?: string
          participant_count?: number
          privacy?: Database['public']['Enums']['room_privacy']
          settings?: NonNullable<Json>
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
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      create_room: {
        Args: {
          p_max_participants?: number
          p_name: string
          p_password?: string
          p_privacy?: Database['public']['Enums']['room_privacy']
          p_settings?: Json
          p_tags?: string[]
        }
        Returns: Json
      }
      heartbeat: { Args: { p_connection_id: string; p_room_id: string }; Returns: string }
      join_room: { Args: { p_connection_id: string; p_password?: string; p_room_id: string }; Returns: Json }
      leave_room: { Args: { p_connection_id: string; p_room_id: string }; Returns: undefined }
      list_participants: { Args: { p_room_id: string }; Returns: Json }
      list_rooms: {
        Args: {
          p_after_count?: number
          p_after_created_at?: string
          p_after_id?: string
          p_limit?: number
          p_privacy?: Database['public']['Enums']['room_privacy']
          p_query?: string
          p_tags?: string[]
        }
        Returns: Json
      }
      set_media_state: {
        Args: { p_is_muted: boolean; p_is_screensharing: boolean; p_is_video_off: boolean; p_room_id: string }
        Returns: undefined
      }
    }
    Enums: {
      room_privacy: 'public' | 'private'
      room_topology: 'mesh' | 'sfu'
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
      room_privacy: ['public', 'private'],
      room_topology: ['mesh', 'sfu'],
    },
  },
} as const

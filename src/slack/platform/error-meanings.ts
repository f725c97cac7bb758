/**
 * What an error of Slack means for whoever made the call.
 *
 * `passes`: not done, and it may be done later. `nobody_knows`: Slack is not well; it may have been done.
 * `message`: this message will never be taken. `destination`: it will not be taken there. `token`: nothing works
 * with this token any more. `ours`: a mistake of the app or of how it is installed. `unknown`: a code that is not
 * in this table; it passes for a day.
 */
export type Meaning = 'passes' | 'nobody_knows' | 'message' | 'destination' | 'token' | 'ours' | 'unknown';

/**
 * The errors of the methods the app calls, and those any method may give, by what they mean
 * (docs.slack.dev, the reference of each method).
 */
const CODES: Record<Exclude<Meaning, 'unknown'>, readonly string[]> = {
  passes: [
    'ratelimited',
    'rate_limited',
    'message_limit_exceeded',
    'too_many_requests',
    // The workspace moves to another organisation, and for that long nobody is let in.
    'team_added_to_org',
    'org_login_required',
    'external_channel_migrating',
    'accesslimited',
  ],
  nobody_knows: [
    'internal_error',
    'fatal_error',
    'request_timeout',
    'service_unavailable',
    'team_unavailable',
    'update_failed',
    'fetch_members_failed',
  ],
  message: [
    'attachment_payload_limit_exceeded',
    'block_mismatch',
    'cannot_reply_to_message',
    'cant_delete_message',
    'cant_update_message',
    'edit_window_closed',
    'invalid_attachments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'markdown_text_conflict',
    'message_not_found',
    'metadata_too_large',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
    'view_too_large',
  ],
  destination: [
    'app_access_restricted',
    'cannot_dm_bot',
    'channel_is_limited_access',
    'channel_not_found',
    'ekm_access_denied',
    'is_archived',
    'is_inactive',
    'messages_tab_disabled',
    'method_not_supported_for_channel_type',
    'not_enabled',
    'not_in_channel',
    'posting_to_channel_denied',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'thread_locked',
    'thread_not_found',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
    'users_not_found',
  ],
  token: [
    'account_inactive',
    'invalid_auth',
    'not_allowed_token_type',
    'not_authed',
    'team_access_not_granted',
    'token_expired',
    'token_revoked',
  ],
  ours: [
    'access_denied',
    'as_user_not_supported',
    'bad_timestamp',
    'deprecated_endpoint',
    'invalid_arg_name',
    'invalid_arguments',
    'invalid_array_arg',
    'invalid_charset',
    'invalid_cursor',
    'invalid_form_data',
    'invalid_limit',
    'invalid_post_type',
    'invalid_types',
    'metadata_must_be_sent_from_app',
    'method_deprecated',
    'missing_argument',
    'missing_post_type',
    'missing_scope',
    'no_permission',
    'unknown_method',
  ],
};

const MEANINGS = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes.map((code) => [code, meaning as Meaning] as const),
  ),
);

/** What is no code of Slack's was said by something between it and us: the web page of a proxy, say. */
const CODE = /^[a-z][a-z0-9_]*$/;

/** Could Slack have said this? */
export function isCode(code: string): boolean {
  return CODE.test(code);
}

/** What an error code means; of what is no code at all nobody knows. */
export function meaningOf(code: string): Meaning {
  return isCode(code) ? (MEANINGS.get(code) ?? 'unknown') : 'nobody_knows';
}

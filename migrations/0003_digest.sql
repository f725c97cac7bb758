-- WITHOUT ROWID is written by hand, see src/storage/schema.ts.
CREATE TABLE `adoptions` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`person_id` text NOT NULL,
	`team` text NOT NULL,
	`sentence` text NOT NULL,
	`adopted_at` integer NOT NULL,
	`digest_id` text,
	PRIMARY KEY(`near_miss_id`, `person_id`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `adoptions_untold` ON `adoptions` (`team_id`) WHERE digest_id is null;--> statement-breakpoint
CREATE INDEX `adoptions_by_digest` ON `adoptions` (`digest_id`) WHERE digest_id is not null;--> statement-breakpoint
CREATE TABLE `digest_lines` (
	`digest_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`steward_id` text NOT NULL,
	`line` text NOT NULL,
	PRIMARY KEY(`digest_id`, `near_miss_id`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `digest_parts` (
	`digest_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`near_miss_id` text,
	`variants` text NOT NULL,
	`ts` text,
	PRIMARY KEY(`digest_id`, `position`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `digest_parts_by_near_miss` ON `digest_parts` (`near_miss_id`);--> statement-breakpoint
CREATE TABLE `digest_previews` (
	`digest_id` text NOT NULL,
	`person_id` text NOT NULL,
	`position` integer NOT NULL,
	`channel_id` text NOT NULL,
	`ts` text NOT NULL,
	PRIMARY KEY(`digest_id`, `person_id`, `position`),
	FOREIGN KEY (`digest_id`) REFERENCES `digests`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `digests` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`week` text,
	`state` text NOT NULL,
	`from_at` integer NOT NULL,
	`closed_at` integer NOT NULL,
	`publish_at` integer NOT NULL,
	`zone` text NOT NULL,
	`channel_id` text NOT NULL,
	`replies` integer NOT NULL,
	`decided_by` text,
	`decision` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `digests_by_week` ON `digests` (`team_id`,`week`);--> statement-breakpoint
CREATE INDEX `digests_closed` ON `digests` (`team_id`,`closed_at`);--> statement-breakpoint
CREATE INDEX `digests_open` ON `digests` (`team_id`,`publish_at`) WHERE state in ('preview', 'held');--> statement-breakpoint
CREATE TABLE `presses` (
	`team_id` text NOT NULL,
	`near_miss_id` text NOT NULL,
	`press` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`near_miss_id`, `press`, `person_id`),
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `wordings` (
	`near_miss_id` text PRIMARY KEY NOT NULL,
	`steward_id` text NOT NULL,
	`wording` text NOT NULL,
	`state` text NOT NULL,
	FOREIGN KEY (`near_miss_id`) REFERENCES `near_misses`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `near_misses` ADD `digest_id` text;--> statement-breakpoint
ALTER TABLE `near_misses` ADD `not_for_digest` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `near_misses_for_digest` ON `near_misses` (`team_id`,`captured_at`) WHERE audience = 'everyone' and digest_id is null and not_for_digest = 0 and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `near_misses_for_card` ON `near_misses` (`team_id`,`captured_at`) WHERE audience = 'channel' and tier <> 'named' and card_channel_id is null and not_for_digest = 0 and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `near_misses_by_digest` ON `near_misses` (`digest_id`) WHERE digest_id is not null;--> statement-breakpoint
ALTER TABLE `outbox` ADD `digest_id` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `position` integer;--> statement-breakpoint
CREATE INDEX `outbox_letters` ON `outbox` (`team_id`) WHERE kind in ('digest_part', 'digest_change') and state in ('refused', 'asked');
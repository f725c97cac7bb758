DROP INDEX `outbox_part_id_unique`;--> statement-breakpoint
DROP INDEX `outbox_letters`;--> statement-breakpoint
DROP INDEX `outbox_open`;--> statement-breakpoint
DROP INDEX `outbox_by_lane`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `says` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `reason` text;--> statement-breakpoint
UPDATE `outbox` SET `reason` = `why`, `why` = NULL WHERE `kind` = 'card_stands';--> statement-breakpoint
UPDATE `outbox` SET `says` = CASE `kind` WHEN 'question' THEN 'card_asked' WHEN 'letter_waits' THEN 'card_waits' ELSE `kind` END, `kind` = 'notice'
WHERE `kind` in ('card_refused', 'question', 'card_stands', 'left_out', 'wording', 'channel_refused', 'part_refused', 'letter_waits');--> statement-breakpoint
UPDATE `outbox` SET `kind` = 'preview_removal' WHERE `kind` = 'card_removal' AND `digest_id` IS NOT NULL;--> statement-breakpoint
UPDATE `outbox` SET `state` = 'believed' WHERE `kind` = 'card' AND `state` = 'sent' AND `ts` IS NULL AND `why` IS NOT NULL;--> statement-breakpoint
UPDATE `outbox` SET `state` = 'let_go', `why` = NULL WHERE `kind` = 'digest_part' AND `state` in ('unsure', 'sending') AND `why` = 'let go';--> statement-breakpoint
CREATE INDEX `outbox_undelivered` ON `outbox` (`team_id`) WHERE kind in ('card', 'card_removal', 'digest_part', 'digest_change') and state in ('refused', 'asked');--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_parts` ON `outbox` (`part_id`) WHERE kind <> 'notice';--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`due_at`) WHERE state in ('pending', 'sending', 'unsure', 'let_go');--> statement-breakpoint
CREATE INDEX `outbox_by_lane` ON `outbox` (`lane`,`seq`) WHERE state in ('pending', 'sending', 'unsure', 'let_go');
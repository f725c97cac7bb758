DROP INDEX `near_misses_by_audience`;--> statement-breakpoint
CREATE INDEX `near_misses_to_list` ON `near_misses` (`team_id`,`captured_at`) WHERE number is not null and withdrawn_at is null;
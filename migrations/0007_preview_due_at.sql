ALTER TABLE `digests` ADD `preview_due_at` integer;

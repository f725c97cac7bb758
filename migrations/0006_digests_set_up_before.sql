-- A digest that was set up before it was kept when that was: since it comes at its present time.
UPDATE `workspaces` SET `settings` = json_set(`settings`, '$.digest.setUpAt', json_extract(`settings`, '$.digest.since'))
WHERE json_extract(`settings`, '$.digest') IS NOT NULL AND json_extract(`settings`, '$.digest.setUpAt') IS NULL;
--> statement-breakpoint
-- What takes a preview away is told from what takes a card away by its digest.
UPDATE `outbox` SET `digest_id` = (
	SELECT `digest_previews`.`digest_id` FROM `digest_previews`
	WHERE `digest_previews`.`channel_id` = `outbox`.`channel_id` AND `digest_previews`.`ts` = `outbox`.`ts`
) WHERE `kind` = 'card_removal' AND `digest_id` IS NULL AND `ts` IS NOT NULL;

CREATE TABLE "annotation_queue_assignments" (
	"project_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "annotation_queue_assignments_queue_id_user_id_pk" PRIMARY KEY("queue_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "annotation_queue_items" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"object_id" text NOT NULL,
	"object_type" text NOT NULL,
	"status" text NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "annotation_queues" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"score_config_ids" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "annotation_queues_project_id" UNIQUE("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "blob_storage_integrations" (
	"project_id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"bucket_name" text NOT NULL,
	"endpoint" text,
	"region" text NOT NULL,
	"access_key_id" text,
	"encrypted_secret_access_key" text,
	"prefix" text NOT NULL,
	"export_frequency" text NOT NULL,
	"enabled" boolean NOT NULL,
	"force_path_style" boolean NOT NULL,
	"file_type" text NOT NULL,
	"export_mode" text NOT NULL,
	"export_start_date" timestamp (3) with time zone,
	"compressed" boolean NOT NULL,
	"export_source" text NOT NULL,
	"export_field_groups" text[],
	"next_sync_at" timestamp (3) with time zone,
	"last_sync_at" timestamp (3) with time zone,
	"last_error" text,
	"last_error_at" timestamp (3) with time zone,
	"running_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"content" text NOT NULL,
	"author_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dashboard_placements" (
	"id" text NOT NULL,
	"dashboard_id" text NOT NULL,
	"project_id" text NOT NULL,
	"widget_id" text,
	"preset_id" text,
	"x" integer NOT NULL,
	"y" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "dashboard_placements_dashboard_id_id_pk" PRIMARY KEY("dashboard_id","id"),
	CONSTRAINT "dashboard_placements_content" CHECK (num_nonnulls("dashboard_placements"."widget_id", "dashboard_placements"."preset_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "dashboard_widgets" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"view" text NOT NULL,
	"dimensions" json NOT NULL,
	"metrics" json NOT NULL,
	"filters" json NOT NULL,
	"chart_type" text NOT NULL,
	"chart_config" json NOT NULL,
	"created_by_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dashboard_widgets_of_project" UNIQUE("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "dashboards" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"filters" json NOT NULL,
	"created_by_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dashboards_of_project" UNIQUE("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "dataset_items" (
	"project_id" text NOT NULL,
	"id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"status" text NOT NULL,
	"input" json,
	"expected_output" json,
	"metadata" json,
	"source_trace_id" text,
	"source_observation_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone,
	CONSTRAINT "dataset_items_project_id_id_valid_from_pk" PRIMARY KEY("project_id","id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "dataset_run_items" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"dataset_run_id" text NOT NULL,
	"dataset_item_id" text NOT NULL,
	"dataset_item_valid_from" timestamp (3) with time zone NOT NULL,
	"trace_id" text NOT NULL,
	"observation_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset_runs" (
	"project_id" text NOT NULL,
	"id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"metadata" json,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"cleared_at" timestamp (3) with time zone,
	CONSTRAINT "dataset_runs_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"metadata" json,
	"input_schema" json,
	"expected_output_schema" json,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_rule_evaluators" (
	"evaluation_rule_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"position" integer NOT NULL,
	"mapping" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_rule_evaluators_evaluation_rule_id_evaluator_id_pk" PRIMARY KEY("evaluation_rule_id","evaluator_id")
);
--> statement-breakpoint
CREATE TABLE "evaluation_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean NOT NULL,
	"sampling" double precision NOT NULL,
	"filter" jsonb NOT NULL,
	"created_by_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_rules_sampling" CHECK ("evaluation_rules"."sampling" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "evaluator_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"evaluator_id" text NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"created_by_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluators" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"type" text NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"paused_reason" text,
	"paused_message" text,
	"created_by_user_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluators_type" CHECK ("evaluators"."type" in ('llm_as_judge', 'code'))
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"target_type" text NOT NULL,
	"target" text NOT NULL,
	"feedback" text NOT NULL,
	"goal" text,
	"reference_url" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "llm_connections" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"provider" text NOT NULL,
	"adapter" text NOT NULL,
	"encrypted_secret_key" text NOT NULL,
	"display_secret_key" text NOT NULL,
	"base_url" text,
	"custom_models" text[] NOT NULL,
	"with_default_models" boolean NOT NULL,
	"encrypted_extra_headers" text,
	"extra_header_keys" text[] NOT NULL,
	"config" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset_item_media" (
	"project_id" text NOT NULL,
	"media_id" text NOT NULL,
	"field" text NOT NULL,
	"dataset_id" text NOT NULL,
	"dataset_item_id" text NOT NULL,
	CONSTRAINT "dataset_item_media_pk" PRIMARY KEY("project_id","dataset_id","dataset_item_id","media_id","field")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"project_id" text NOT NULL,
	"id" text NOT NULL,
	"sha256_hash" text NOT NULL,
	"content_type" text NOT NULL,
	"content_length" bigint NOT NULL,
	"upload_http_status" integer,
	"upload_http_error" text,
	"upload_time_ms" integer,
	"uploaded_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "observation_media" (
	"project_id" text NOT NULL,
	"media_id" text NOT NULL,
	"field" text NOT NULL,
	"trace_id" text NOT NULL,
	"observation_id" text NOT NULL,
	CONSTRAINT "observation_media_pk" PRIMARY KEY("project_id","trace_id","observation_id","media_id","field")
);
--> statement-breakpoint
CREATE TABLE "trace_media" (
	"project_id" text NOT NULL,
	"media_id" text NOT NULL,
	"field" text NOT NULL,
	"trace_id" text NOT NULL,
	CONSTRAINT "trace_media_pk" PRIMARY KEY("project_id","trace_id","media_id","field")
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"model_name" text NOT NULL,
	"match_pattern" text NOT NULL,
	"start_date" timestamp (3) with time zone,
	"unit" text,
	"tokenizer_id" text,
	"tokenizer_config" jsonb,
	"pricing_tiers" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_memberships" (
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_memberships_project_id_user_id_pk" PRIMARY KEY("project_id","user_id"),
	CONSTRAINT "project_memberships_role" CHECK ("project_memberships"."role" in ('OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'NONE'))
);
--> statement-breakpoint
CREATE TABLE "project_purges" (
	"project_id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"emptied_at" timestamp (3) with time zone,
	"purged_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "prompt_dependencies" (
	"version_id" text NOT NULL,
	"position" integer NOT NULL,
	"project_id" text NOT NULL,
	"child_name" text NOT NULL,
	"child_version" integer,
	"child_label" text,
	CONSTRAINT "prompt_dependencies_version_id_position_pk" PRIMARY KEY("version_id","position"),
	CONSTRAINT "prompt_dependencies_selector" CHECK (("prompt_dependencies"."child_version" is null) <> ("prompt_dependencies"."child_label" is null))
);
--> statement-breakpoint
CREATE TABLE "prompt_labels" (
	"prompt_id" text NOT NULL,
	"label" text NOT NULL,
	"version_id" text NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "prompt_labels_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "prompt_labels_prompt_id_label_pk" PRIMARY KEY("prompt_id","label")
);
--> statement-breakpoint
CREATE TABLE "prompt_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"prompt_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" json NOT NULL,
	"config" json NOT NULL,
	"commit_message" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prompts_type" CHECK ("prompts"."type" in ('text', 'chat'))
);
--> statement-breakpoint
CREATE TABLE "protected_prompt_labels" (
	"project_id" text NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "protected_prompt_labels_project_id_label_pk" PRIMARY KEY("project_id","label")
);
--> statement-breakpoint
CREATE TABLE "score_configs" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"data_type" text NOT NULL,
	"is_archived" boolean DEFAULT false NOT NULL,
	"min_value" double precision,
	"max_value" double precision,
	"categories" jsonb,
	"description" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skill_blobs" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"sha256" text NOT NULL,
	"content" text NOT NULL,
	"content_length" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skill_files" (
	"skill_version_id" text NOT NULL,
	"path" text NOT NULL,
	"id" text NOT NULL,
	"blob_id" text NOT NULL,
	"content_type" text NOT NULL,
	CONSTRAINT "skill_files_skill_version_id_path_pk" PRIMARY KEY("skill_version_id","path")
);
--> statement-breakpoint
CREATE TABLE "skill_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"skill_id" text NOT NULL,
	"version" integer NOT NULL,
	"description" text NOT NULL,
	"frontmatter" jsonb NOT NULL,
	"labels" text[] NOT NULL,
	"commit_message" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skills" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"tags" text[] NOT NULL,
	"last_version" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "annotation_queue_assignments" ADD CONSTRAINT "annotation_queue_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_queue_assignments" ADD CONSTRAINT "annotation_queue_assignments_queue_fk" FOREIGN KEY ("project_id","queue_id") REFERENCES "public"."annotation_queues"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_queue_items" ADD CONSTRAINT "annotation_queue_items_queue_fk" FOREIGN KEY ("project_id","queue_id") REFERENCES "public"."annotation_queues"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation_queues" ADD CONSTRAINT "annotation_queues_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blob_storage_integrations" ADD CONSTRAINT "blob_storage_integrations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_user_id_users_id_fk" FOREIGN KEY ("author_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_placements" ADD CONSTRAINT "dashboard_placements_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_placements" ADD CONSTRAINT "dashboard_placements_dashboard" FOREIGN KEY ("project_id","dashboard_id") REFERENCES "public"."dashboards"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_placements" ADD CONSTRAINT "dashboard_placements_widget" FOREIGN KEY ("project_id","widget_id") REFERENCES "public"."dashboard_widgets"("project_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_widgets" ADD CONSTRAINT "dashboard_widgets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_widgets" ADD CONSTRAINT "dashboard_widgets_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboards" ADD CONSTRAINT "dashboards_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_items" ADD CONSTRAINT "dataset_items_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_items" ADD CONSTRAINT "dataset_items_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_run_items" ADD CONSTRAINT "dataset_run_items_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_run_items" ADD CONSTRAINT "dataset_run_items_run" FOREIGN KEY ("project_id","dataset_run_id") REFERENCES "public"."dataset_runs"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_runs" ADD CONSTRAINT "dataset_runs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_runs" ADD CONSTRAINT "dataset_runs_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_rule_evaluators" ADD CONSTRAINT "evaluation_rule_evaluators_evaluation_rule_id_evaluation_rules_id_fk" FOREIGN KEY ("evaluation_rule_id") REFERENCES "public"."evaluation_rules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_rule_evaluators" ADD CONSTRAINT "evaluation_rule_evaluators_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_rules" ADD CONSTRAINT "evaluation_rules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_rules" ADD CONSTRAINT "evaluation_rules_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_versions" ADD CONSTRAINT "evaluator_versions_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_versions" ADD CONSTRAINT "evaluator_versions_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_connections" ADD CONSTRAINT "llm_connections_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_item_media" ADD CONSTRAINT "dataset_item_media_media_fk" FOREIGN KEY ("project_id","media_id") REFERENCES "public"."media"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "observation_media" ADD CONSTRAINT "observation_media_media_fk" FOREIGN KEY ("project_id","media_id") REFERENCES "public"."media"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_media" ADD CONSTRAINT "trace_media_media_fk" FOREIGN KEY ("project_id","media_id") REFERENCES "public"."media"("project_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_memberships" ADD CONSTRAINT "project_memberships_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_memberships" ADD CONSTRAINT "project_memberships_member_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."organization_memberships"("organization_id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_dependencies" ADD CONSTRAINT "prompt_dependencies_version_id_prompt_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."prompt_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_dependencies" ADD CONSTRAINT "prompt_dependencies_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_labels" ADD CONSTRAINT "prompt_labels_prompt_id_prompts_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_labels" ADD CONSTRAINT "prompt_labels_version_id_prompt_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."prompt_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_prompt_id_prompts_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "protected_prompt_labels" ADD CONSTRAINT "protected_prompt_labels_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_configs" ADD CONSTRAINT "score_configs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_blobs" ADD CONSTRAINT "skill_blobs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_files" ADD CONSTRAINT "skill_files_skill_version_id_skill_versions_id_fk" FOREIGN KEY ("skill_version_id") REFERENCES "public"."skill_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_files" ADD CONSTRAINT "skill_files_blob_id_skill_blobs_id_fk" FOREIGN KEY ("blob_id") REFERENCES "public"."skill_blobs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_versions" ADD CONSTRAINT "skill_versions_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skills" ADD CONSTRAINT "skills_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotation_queue_assignments_user" ON "annotation_queue_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "annotation_queue_items_queue" ON "annotation_queue_items" USING btree ("project_id","queue_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_queues_project_name" ON "annotation_queues" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "annotation_queues_project" ON "annotation_queues" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "comments_object" ON "comments" USING btree ("project_id","object_type","object_id","created_at");--> statement-breakpoint
CREATE INDEX "comments_project" ON "comments" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "dashboard_placements_of_widget" ON "dashboard_placements" USING btree ("project_id","widget_id");--> statement-breakpoint
CREATE INDEX "dashboard_widgets_project" ON "dashboard_widgets" USING btree ("project_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "dashboards_project" ON "dashboards" USING btree ("project_id","updated_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_items_current" ON "dataset_items" USING btree ("project_id","id") WHERE "dataset_items"."valid_to" is null;--> statement-breakpoint
CREATE INDEX "dataset_items_dataset" ON "dataset_items" USING btree ("dataset_id","created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "dataset_items_source" ON "dataset_items" USING btree ("project_id","source_trace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "dataset_run_items_said" ON "dataset_run_items" USING btree ("project_id","dataset_run_id","dataset_item_id","trace_id",coalesce("observation_id", ''));--> statement-breakpoint
CREATE INDEX "dataset_run_items_item" ON "dataset_run_items" USING btree ("project_id","dataset_item_id");--> statement-breakpoint
CREATE INDEX "dataset_run_items_created" ON "dataset_run_items" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "dataset_runs_name" ON "dataset_runs" USING btree ("dataset_id","name");--> statement-breakpoint
CREATE INDEX "dataset_runs_cleared" ON "dataset_runs" USING btree ("project_id","cleared_at") WHERE "dataset_runs"."cleared_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_name" ON "datasets" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "datasets_created" ON "datasets" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "evaluation_rule_evaluators_evaluator" ON "evaluation_rule_evaluators" USING btree ("evaluator_id");--> statement-breakpoint
CREATE INDEX "evaluation_rules_project" ON "evaluation_rules" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluator_versions_version" ON "evaluator_versions" USING btree ("evaluator_id","version");--> statement-breakpoint
CREATE INDEX "evaluators_project" ON "evaluators" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "evaluators_name" ON "evaluators" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "feedback_project" ON "feedback" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "llm_connections_provider" ON "llm_connections" USING btree ("project_id","provider");--> statement-breakpoint
CREATE INDEX "dataset_item_media_media" ON "dataset_item_media" USING btree ("project_id","media_id");--> statement-breakpoint
CREATE INDEX "observation_media_media" ON "observation_media" USING btree ("project_id","media_id");--> statement-breakpoint
CREATE INDEX "trace_media_media" ON "trace_media" USING btree ("project_id","media_id");--> statement-breakpoint
CREATE UNIQUE INDEX "models_project_name" ON "models" USING btree ("project_id","model_name");--> statement-breakpoint
CREATE INDEX "project_memberships_member" ON "project_memberships" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "project_purges_open" ON "project_purges" USING btree ("requested_at") WHERE "project_purges"."purged_at" is null;--> statement-breakpoint
CREATE INDEX "prompt_dependencies_child" ON "prompt_dependencies" USING btree ("project_id","child_name");--> statement-breakpoint
CREATE INDEX "prompt_labels_version" ON "prompt_labels" USING btree ("version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_version" ON "prompt_versions" USING btree ("prompt_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_name" ON "prompts" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "score_configs_project" ON "score_configs" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "skill_blobs_project_sha256" ON "skill_blobs" USING btree ("project_id","sha256");--> statement-breakpoint
CREATE INDEX "skill_files_blob" ON "skill_files" USING btree ("blob_id");--> statement-breakpoint
CREATE UNIQUE INDEX "skill_versions_version" ON "skill_versions" USING btree ("skill_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "skills_project_name" ON "skills" USING btree ("project_id","name");
package dev.muster.config;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the config capability says no. */
public enum ConfigRefusal implements RefusalCode {
    REGISTRY_ID_INVALID(
            "config.registry-id-invalid",
            Refusal.Kind.INVALID,
            "Use lower-case letters and digits with single dashes between them."),
    LAYER_INVALID("config.layer-invalid", Refusal.Kind.INVALID, "Layers are fleet, a group, and a device."),
    TAG_INVALID("config.tag-invalid", Refusal.Kind.INVALID, "Repeat the tag that came with the values."),
    /** Details {@code pointer} (JSON pointer into the document), {@code line} and {@code column} from 1 where known. */
    SCHEMA_INVALID("config.schema-invalid", Refusal.Kind.UNPROCESSABLE, "Correct the schema at the place named."),
    /** Details {@code offenders}: databags that would no longer fit, at most 100. */
    SCHEMA_IN_USE(
            "config.schema-in-use",
            Refusal.Kind.CONFLICT,
            "Change the values that do not fit first, or make the schema wider."),
    NO_SCHEMA("config.no-schema", Refusal.Kind.NOT_FOUND, "Define the registry first."),
    NO_VIEW("config.no-view", Refusal.Kind.NOT_FOUND, "Ask for one of the registry's views."),
    NO_MATCH("config.no-match", Refusal.Kind.NOT_FOUND, "No rule of the view gives this access to this path."),
    NO_DATA("config.no-data", Refusal.Kind.NOT_FOUND, "Nothing is stored there yet."),
    BAD_REQUEST("config.bad-request", Refusal.Kind.INVALID, "Check the path and the shape of the value."),
    UNMATCHED_CONSTRAINTS(
            "config.unmatched-constraints", Refusal.Kind.INVALID, "Leave out constraints that no rule asked for uses."),
    UNCONSTRAINED("config.unconstrained", Refusal.Kind.INVALID, "Give the constraints that the view requires."),
    ONLY_SECRETS("config.only-secrets", Refusal.Kind.FORBIDDEN, "Reading secrets needs the permission for secrets."),
    /** Details {@code at}: the dotted storage path of the first value that does not fit. */
    VALUE_INVALID("config.value-invalid", Refusal.Kind.UNPROCESSABLE, "Give a value that fits the storage schema."),
    /** What is stored cannot be followed: a scalar where the path goes deeper, an index beyond the end. */
    STORAGE_MISMATCH("config.storage-mismatch", Refusal.Kind.UNPROCESSABLE, "Look at what is stored at that place."),
    TOO_LARGE("config.too-large", Refusal.Kind.TOO_LARGE, null),
    ROLLOUT_UNKNOWN("config.rollout-unknown", Refusal.Kind.NOT_FOUND, null),
    ROLLOUT_EXISTS("config.rollout-exists", Refusal.Kind.CONFLICT, null),
    ROLLOUT_INVALID("config.rollout-invalid", Refusal.Kind.INVALID, null),
    ROLLOUT_STATE(
            "config.rollout-state",
            Refusal.Kind.CONFLICT,
            "Look at the rollout's state; not every step is possible in it."),
    ROLLOUT_EMPTY("config.rollout-empty", Refusal.Kind.UNPROCESSABLE, "Choose a filter that matches devices."),
    /** Details {@code rollouts}: ids of those under way with some of the same devices. */
    ROLLOUT_OVERLAPS(
            "config.rollout-overlaps",
            Refusal.Kind.CONFLICT,
            "Wait for the other rollout of this registry, abort it, or choose other devices."),
    REJECTED("config.rejected", Refusal.Kind.CONFLICT, null),
    AGENT_UNKNOWN("config.agent-unknown", Refusal.Kind.NOT_FOUND, "The agent must register first."),
    VERSION_UNKNOWN("config.version-unknown", Refusal.Kind.NOT_FOUND, "Choose a version from the history."),
    SECRET_LOST("config.secret-lost", Refusal.Kind.GONE, "Its key was destroyed; write the secret anew."),
    WAITED_TOO_LONG("config.waited-too-long", Refusal.Kind.UNAVAILABLE, "Try again in a moment.");

    private final Meaning meaning;

    ConfigRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}

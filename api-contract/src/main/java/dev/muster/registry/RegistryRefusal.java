package dev.muster.registry;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the device registry says no. */
public enum RegistryRefusal implements RefusalCode {
    DEVICE_ID_INVALID(
            "registry.device-id-invalid", Refusal.Kind.INVALID, "Use letters, digits and signs such as . _ - :"),
    DEVICE_UNKNOWN("registry.device-unknown", Refusal.Kind.NOT_FOUND, "Register the device first."),
    DEVICE_EXISTS("registry.device-exists", Refusal.Kind.CONFLICT, "Change the existing device or choose another id."),
    NAME_INVALID("registry.name-invalid", Refusal.Kind.INVALID, "Use 1 to 128 characters without control characters."),
    GROUP_INVALID(
            "registry.group-invalid", Refusal.Kind.INVALID, "Use a path such as site/line of at most 256 characters."),
    TAGS_INVALID("registry.tags-invalid", Refusal.Kind.INVALID, "At most 50 tags of 1 to 64 characters."),
    METADATA_INVALID(
            "registry.metadata-invalid",
            Refusal.Kind.INVALID,
            "At most 100 entries; keys up to 128, values up to 4096 characters."),
    ATTRIBUTES_INVALID(
            "registry.attributes-invalid",
            Refusal.Kind.INVALID,
            "Keys and values are printable text of at most 128 characters."),
    TOO_MANY_ATTRIBUTES(
            "registry.too-many-attributes",
            Refusal.Kind.LIMIT_REACHED,
            "A device keeps at most 100 attributes; remove some first."),
    TOKEN_INVALID("registry.token-invalid", Refusal.Kind.INVALID, "A device token has 16 to 128 printable characters.");

    private final Meaning meaning;

    RegistryRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}

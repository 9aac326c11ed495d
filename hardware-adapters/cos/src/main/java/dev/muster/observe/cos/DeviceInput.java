package dev.muster.observe.cos;

import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents;
import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolments;
import dev.muster.observe.Uid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a body says of a device; null, or a kind that is missing, for what it does not say. An empty list says nothing:
 * agents send back lists as they read them.
 */
record DeviceInput(
        @Nullable Uid uid,
        @Nullable String address,
        @Nullable String publicKey,
        Map<DocumentKind, List<Uid>> uses) {

    static final String TAKEN = "device with this uid already exists.";
    static final int KEY_LENGTH_MAX = 16384;

    /**
     * @param of the device it is about, or null for a new one
     * @throws CosFailure with everything that is wrong, in the order of the model
     */
    static DeviceInput read(
            Body body, boolean partial, @Nullable Enrolment of, Enrolments enrolments, Documents documents) {
        Fields fields = new Fields(body, partial);
        Uid uid = fields.uid();
        Enrolment holder = uid == null ? null : enrolments.find(uid);
        if (holder != null && (of == null || !holder.deviceId().equals(of.deviceId()))) {
            fields.faults.add("uid", TAKEN);
        }
        String address = fields.address();
        String key = fields.text("public_ssh_key", false, KEY_LENGTH_MAX);
        Map<DocumentKind, List<Uid>> uses = new EnumMap<>(DocumentKind.class);
        for (Application each : Application.values()) {
            List<Uid> named = related(fields, each, documents);
            if (!named.isEmpty()) {
                uses.put(each.kind, named);
            }
        }
        fields.faults.throwIfAny();
        return new DeviceInput(uid, address, key, uses);
    }

    private static List<Uid> related(Fields fields, Application application, Documents documents) {
        JsonNode list = fields.given(application.deviceField, false);
        if (list == null) {
            return List.of();
        }
        if (!list.isArray()) {
            fields.faults.add(
                    application.deviceField,
                    "Expected a list of items but got type \"" + PythonText.type(list) + "\".");
            return List.of();
        }
        Set<Uid> named = new LinkedHashSet<>();
        for (JsonNode item : list) {
            String text = PythonText.text(item);
            Uid uid = item.isNull() || item.isContainer() ? null : Uids.orNull(text);
            if (uid == null || documents.find(application.kind, uid) == null) {
                fields.faults.add(application.deviceField, unknown(text));
                return List.of();
            }
            named.add(uid);
        }
        return new ArrayList<>(named);
    }

    static String unknown(String uid) {
        return "Object with uid=" + uid + " does not exist.";
    }
}

package dev.muster.config.snapd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An answer by whichever door, with what every client relies on checked already.
 *
 * @param headers names in lower case
 */
record Answer(int status, Map<String, String> headers, String text) {

    private static final Set<String> MEMBERS = Set.of(
            "type", "status-code", "status", "result", "sources", "change", "warning-timestamp", "warning-count");

    /** Checks the envelope (contract §3): members that clients know, the very media type, a length. */
    Json.Members envelope() {
        assertThat(headers).containsEntry("content-type", "application/json").containsKey("content-length");
        Json.Members envelope = (Json.Members) JsonReader.read(text);
        assertThat(MEMBERS).containsAll(envelope.values().keySet());
        assertThat(envelope.get("status-code")).isEqualTo(Json.of(status));
        String type = status == 202 ? "async" : status < 300 ? "sync" : "error";
        assertThat(envelope.get("type")).isEqualTo(Json.of(type));
        assertThat(envelope.get("status")).isInstanceOf(Json.Text.class);
        return envelope;
    }

    Json result() {
        return Objects.requireNonNull(envelope().get("result"), text);
    }

    /** The number of the change that it speaks of. */
    String change() {
        assertThat(status).as(text).isEqualTo(202);
        assertThat(result()).isEqualTo(Json.NULL);
        return word(envelope(), "change");
    }

    String kind() {
        return ((Json.Members) result()).get("kind") instanceof Json.Text kind ? kind.value() : null;
    }

    String at() {
        return ((Json.Members) result()).get("at") instanceof Json.Text at ? at.value() : null;
    }

    /** Status and result in one, for short comparisons. */
    String brief() {
        return status + " " + result();
    }

    static String word(Json.Members members, String name) {
        return members.get(name) instanceof Json.Text text ? text.value() : "?";
    }
}

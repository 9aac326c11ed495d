package dev.muster.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a keyed request was answered.
 *
 * @param digest of the request, to tell a retry from another request with the same key
 * @param headers those worth repeating
 */
record KeptAnswer(String digest, int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] WORTH_REPEATING = {
        HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE, PositionFilter.POSITION
    };

    static KeptAnswer of(String digest, int status, HttpHeaders headers, byte[] body) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : WORTH_REPEATING) {
            String value = headers.getFirst(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new KeptAnswer(digest, status, kept, body);
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** Null when these bytes are no answer of this version. */
    static @Nullable KeptAnswer read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, KeptAnswer.class);
        } catch (JacksonException e) {
            return null;
        }
    }
}

package dev.muster.wamp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * How lists become bytes, one for each WebSocket sub-protocol. In the order in which they are preferred: what agents may
 * say is described for JSON, so JSON is chosen whenever it is offered, in whatever place.
 */
enum Codec {
    JSON("wamp.2.json", true) {
        @Override
        byte[] write(List<?> message) {
            return StreamWriter.write(JSON_STREAMS, message, false);
        }

        @Override
        List<@Nullable Object> read(byte[] bytes) {
            return StreamReader.read(JSON_STREAMS, bytes, false);
        }
    },
    MSGPACK("wamp.2.msgpack", false) {
        @Override
        byte[] write(List<?> message) {
            return MsgpackWriter.write(message);
        }

        @Override
        List<@Nullable Object> read(byte[] bytes) {
            return MsgpackReader.read(bytes);
        }
    },
    CBOR("wamp.2.cbor", false) {
        @Override
        byte[] write(List<?> message) {
            return StreamWriter.write(CBOR_STREAMS, message, true);
        }

        @Override
        List<@Nullable Object> read(byte[] bytes) {
            return StreamReader.read(CBOR_STREAMS, bytes, true);
        }
    };

    /** Of a whole message, as the original router has it. */
    static final int BYTES_MAX = 16 << 20;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(Values.NESTING_MAX)
            .maxDocumentLength(BYTES_MAX)
            .maxStringLength(BYTES_MAX)
            .maxNameLength(64 << 10)
            .maxNumberLength(400)
            .build();
    private static final JsonFactory JSON_STREAMS =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final CBORFactory CBOR_STREAMS =
            CBORFactory.builder().streamReadConstraints(LIMITS).build();

    /** The name of the sub-protocol. */
    final String protocol;
    /** Whether its frames are text. */
    final boolean isText;

    Codec(String protocol, boolean isText) {
        this.protocol = protocol;
        this.isText = isText;
    }

    abstract byte[] write(List<?> message);

    /**
     * Reads one message and nothing after it.
     *
     * @throws ProtocolViolation when that is not what it is
     */
    abstract List<@Nullable Object> read(byte[] bytes);

    /** The best of those that are offered; null when none is known here. */
    static @Nullable Codec best(List<String> offered) {
        for (Codec codec : values()) {
            if (offered.contains(codec.protocol)) {
                return codec;
            }
        }
        return null;
    }
}

package dev.muster.updates.ddi;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Documents on the wire, JSON or CBOR. Both carry the same fields but for links: JSON has HAL's {@code _links} object,
 * left out when empty; CBOR has an array {@code links}, present even when empty (contract §3).
 */
final class Wire {

    private static final int DEPTH_MAX = 64;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxStringLength(1 << 20)
            .maxNameLength(4096)
            .maxNumberLength(100)
            .maxTokenCount(100_000)
            .build();

    /** Lenient where field devices are sloppy: SWUpdate puts raw line ends into strings. */
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(LIMITS)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static final ObjectMapper CBOR = CBORMapper.builder(
                    CBORFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonGenerator out;
    private final boolean cbor;

    private Wire(JsonGenerator out, boolean cbor) {
        this.out = out;
        this.cbor = cbor;
    }

    static ObjectMapper reader(Media media) {
        return media == Media.CBOR ? CBOR : JSON;
    }

    /** The bytes of a document whose root is an object. */
    static byte[] object(Media media, Consumer<Wire> content) {
        return document(media, wire -> {
            wire.out.writeStartObject();
            content.accept(wire);
            wire.out.writeEndObject();
        });
    }

    /** The bytes of a document whose root is an array of objects. */
    static <T> byte[] array(Media media, Iterable<T> items, java.util.function.BiConsumer<Wire, T> item) {
        return document(media, wire -> {
            wire.out.writeStartArray();
            items.forEach(each -> wire.item(() -> item.accept(wire, each)));
            wire.out.writeEndArray();
        });
    }

    private static byte[] document(Media media, Consumer<Wire> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        boolean cbor = media == Media.CBOR;
        try (JsonGenerator out = (cbor ? CBOR : JSON).createGenerator(bytes)) {
            content.accept(new Wire(out, cbor));
        }
        return bytes.toByteArray();
    }

    void text(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }

    void flag(String name, boolean value) {
        out.writeBooleanProperty(name, value);
    }

    void number(String name, long value) {
        out.writeNumberProperty(name, value);
    }

    void object(String name, Runnable content) {
        out.writeObjectPropertyStart(name);
        content.run();
        out.writeEndObject();
    }

    <T> void objects(String name, Iterable<T> items, Consumer<T> item) {
        out.writeArrayPropertyStart(name);
        items.forEach(each -> item(() -> item.accept(each)));
        out.writeEndArray();
    }

    void texts(String name, Iterable<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
    }

    private void item(Runnable content) {
        out.writeStartObject();
        content.run();
        out.writeEndObject();
    }

    /** Links as pairs of rel and href; a null href leaves its link out. */
    void links(@Nullable String... relsAndHrefs) {
        boolean open = cbor;
        if (cbor) {
            out.writeArrayPropertyStart("links");
        }
        for (int i = 0; i < relsAndHrefs.length; i += 2) {
            String rel = relsAndHrefs[i];
            String href = relsAndHrefs[i + 1];
            if (rel == null || href == null) {
                continue;
            }
            if (cbor) {
                item(() -> {
                    out.writeStringProperty("rel", rel);
                    out.writeStringProperty("href", href);
                });
                continue;
            }
            if (!open) {
                out.writeObjectPropertyStart("_links");
                open = true;
            }
            object(rel, () -> out.writeStringProperty("href", href));
        }
        if (cbor) {
            out.writeEndArray();
        } else if (open) {
            out.writeEndObject();
        }
    }
}

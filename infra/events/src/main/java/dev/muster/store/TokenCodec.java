package dev.muster.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A token on disk: the name of its type (null for the start of the stream), then its counted bytes. */
final class TokenCodec {

    private TokenCodec() {}

    static void write(ByteArrayOutputStream out, @Nullable TrackingToken token, Serializer serializer) {
        if (token == null) {
            Bytes.writeText(out, null);
            return;
        }
        SerializedObject<byte[]> serialized = serializer.serialize(token, byte[].class);
        Bytes.writeText(out, serialized.getType().getName());
        Bytes.writeBytes(out, serialized.getData());
    }

    static @Nullable TrackingToken read(ByteBuffer in, Serializer serializer) {
        String type = Bytes.readText(in);
        return type == null
                ? null
                : serializer.deserialize(new SimpleSerializedObject<>(Bytes.readBytes(in), byte[].class, type, null));
    }
}

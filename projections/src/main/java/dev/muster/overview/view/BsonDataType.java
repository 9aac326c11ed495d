package dev.muster.overview.view;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Documents in the file as BSON, a length before each. The store would write them by Java serialisation, which costs
 * several times as much, in time and in bytes, and was the largest part of what a view cost.
 */
final class BsonDataType extends BasicDataType<Document> {

    static final BsonDataType INSTANCE = new BsonDataType();

    private static final int VALUE_BYTES = 48;
    private static final int FIRST_BYTES = 1024;

    private BsonDataType() {}

    /** Roughly what a document takes in memory, for the store's cache; walked, not written, as it is asked often. */
    @Override
    public int getMemory(Document document) {
        return bytesOf(document);
    }

    private static int bytesOf(Object value) {
        return switch (value) {
            case null -> Integer.BYTES;
            case String text -> VALUE_BYTES + text.length();
            case Map<?, ?> members -> {
                int bytes = VALUE_BYTES;
                for (Object member : members.values()) {
                    bytes += VALUE_BYTES + bytesOf(member);
                }
                yield bytes;
            }
            case Collection<?> items -> {
                int bytes = VALUE_BYTES;
                for (Object item : items) {
                    bytes += bytesOf(item);
                }
                yield bytes;
            }
            default -> VALUE_BYTES;
        };
    }

    @Override
    public void write(WriteBuffer into, Document document) {
        ByteBuf bson = Unpooled.buffer(FIRST_BYTES);
        BsonEncoder.encodeDocument(document, bson);
        into.putVarInt(bson.readableBytes());
        into.put(bson.array(), bson.arrayOffset() + bson.readerIndex(), bson.readableBytes());
    }

    @Override
    public Document read(ByteBuffer from) {
        int length = DataUtils.readVarInt(from);
        ByteBuf bson = Unpooled.wrappedBuffer(from.slice(from.position(), length));
        Document document = BsonDecoder.decodeBson(bson);
        from.position(from.position() + length);
        return document;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}

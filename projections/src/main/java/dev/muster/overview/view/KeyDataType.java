package dev.muster.overview.view;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Keys of unique indexes. Nearly all are one text, a document's {@code _id}: those are compared and written as text.
 * The store would serialise both keys for every comparison, a dozen times for each document it finds. All other keys
 * come after the texts and are left to the store.
 */
final class KeyDataType extends BasicDataType<KeyValue> {

    static final KeyDataType INSTANCE = new KeyDataType();

    private static final byte TEXT = 0;
    private static final byte OTHER = 1;

    private final ObjectDataType others = new ObjectDataType();

    private KeyDataType() {}

    @Override
    public int compare(KeyValue a, KeyValue b) {
        String left = text(a);
        String right = text(b);
        if (left != null && right != null) {
            return left.compareTo(right);
        }
        if (left == null && right == null) {
            return others.compare(a, b);
        }
        return left == null ? 1 : -1;
    }

    private static @Nullable String text(KeyValue key) {
        return key.size() == 1 && key.get(0) instanceof String text ? text : null;
    }

    @Override
    public int getMemory(KeyValue key) {
        String text = text(key);
        return Long.BYTES * 3 + (text == null ? others.getMemory(key) : StringDataType.INSTANCE.getMemory(text));
    }

    @Override
    public void write(WriteBuffer into, KeyValue key) {
        String text = text(key);
        if (text == null) {
            into.put(OTHER);
            others.write(into, key);
        } else {
            into.put(TEXT);
            StringDataType.INSTANCE.write(into, text);
        }
    }

    @Override
    public KeyValue read(ByteBuffer from) {
        return from.get() == TEXT ? new KeyValue(DataUtils.readString(from)) : (KeyValue) others.read(from);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}

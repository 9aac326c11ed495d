package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import java.nio.ByteBuffer;

/**
 * Reads a cpio archive that is pushed in pieces of any size. It keeps one header and one name, never content.
 *
 * <p>The archive is a row of header, name, padding to four bytes, content, padding to four bytes; the last name is
 * {@code TRAILER!!!}, and only zeros may follow. Each state below waits for {@link #due} bytes and then says what
 * comes next, so that nothing depends on where the pieces are cut.
 */
final class CpioReader {

    private enum State {
        HEADER,
        NAME,
        NAME_PADDING,
        CONTENT,
        CONTENT_PADDING,
        AFTER_TRAILER
    }

    private static final int ALIGNMENT = 4;
    private static final String TRAILER = "TRAILER!!!";

    private final BundleSettings settings;
    private final long sizeAnnounced;
    private final CpioListener listener;
    private final ByteSum sum = new ByteSum();

    private State state = State.HEADER;
    private byte[] collected = new byte[CpioHeader.SIZE];
    private int filled;
    private long due = CpioHeader.SIZE;
    private long offset;
    private long trailerEnd;
    private int entries;
    private CpioHeader header = new CpioHeader(false, 0, 0, 0, 0);
    private CpioEntry entry = new CpioEntry("", 0, -1, 0, 0);

    CpioReader(BundleSettings settings, long sizeAnnounced, CpioListener listener) {
        this.settings = settings;
        this.sizeAnnounced = sizeAnnounced;
        this.listener = listener;
    }

    /** Consumes the buffer. Must not be called again after it threw. */
    void accept(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (state == State.AFTER_TRAILER) {
                zeros(bytes, bytes.remaining(), "after the archive's end");
                return;
            }
            int length = (int) Math.min(due, bytes.remaining());
            switch (state) {
                case HEADER, NAME -> {
                    bytes.get(collected, filled, length);
                    filled += length;
                    offset += length;
                }
                case NAME_PADDING, CONTENT_PADDING -> zeros(bytes, length, "in the padding");
                default -> content(bytes, length);
            }
            due -= length;
            while (due == 0 && state != State.AFTER_TRAILER) {
                advance();
            }
        }
    }

    /** Called after the last byte. */
    void finish() {
        if (state == State.AFTER_TRAILER) {
            return;
        }
        if (state == State.HEADER && filled == 0) {
            throw broken("the archive ends without its trailer; it was cut short");
        }
        throw broken(
                switch (state) {
                    case HEADER -> "the archive ends inside a header";
                    case NAME -> "the archive ends inside a name";
                    case NAME_PADDING, CONTENT_PADDING -> "the archive ends inside the padding";
                    default ->
                        "the archive ends inside the file %s, %d bytes early".formatted(Quoted.text(entry.name()), due);
                });
    }

    private void advance() {
        switch (state) {
            case HEADER -> headerRead();
            case NAME -> nameRead();
            case NAME_PADDING -> {
                if (entry.name().equals(TRAILER)) {
                    trailerEnd = offset;
                    become(State.AFTER_TRAILER, 0);
                } else {
                    listener.started(entry);
                    become(State.CONTENT, entry.size());
                }
            }
            case CONTENT -> {
                if (entry.sum() >= 0 && entry.sum() != sum.value()) {
                    throw Bundles.broken("The file %s does not add up to the sum in its header: %08x instead of %08x."
                            .formatted(Quoted.text(entry.name()), sum.value(), entry.sum()));
                }
                listener.ended(entry);
                become(State.CONTENT_PADDING, padding());
            }
            default -> {
                filled = 0;
                become(State.HEADER, CpioHeader.SIZE);
            }
        }
    }

    private void headerRead() {
        CpioHeader read = CpioHeader.read(collected, offset - CpioHeader.SIZE);
        if (entries > 0 && read.summed() != header.summed()) {
            throw broken("the archive mixes files with sums and files without");
        }
        if (read.nameSize() < 2) {
            throw broken("a file without name");
        }
        if (read.nameSize() > settings.nameSizeMax() + 1L) {
            throw broken("a name of %d bytes, the most is %d".formatted(read.nameSize() - 1, settings.nameSizeMax()));
        }
        header = read;
        filled = 0;
        if (collected.length < read.nameSize()) {
            collected = new byte[settings.nameSizeMax() + 1];
        }
        become(State.NAME, read.nameSize());
    }

    private void nameRead() {
        String name = CpioName.read(collected, filled, offset - filled);
        filled = 0;
        long start = offset - header.nameSize() - CpioHeader.SIZE;
        entry = new CpioEntry(name, header.size(), header.summed() ? header.sum() : -1, start, ++entries);
        sum.reset();
        if (name.equals(TRAILER)) {
            if (header.size() != 0) {
                throw broken("the trailer has content");
            }
        } else {
            checkFile();
        }
        become(State.NAME_PADDING, padding());
    }

    private void checkFile() {
        if (!header.isPlainFile()) {
            throw broken("%s is no plain file (mode %o)".formatted(Quoted.text(entry.name()), header.mode()));
        }
        if (entries > settings.entriesMax()) {
            throw broken("more than %d files".formatted(settings.entriesMax()));
        }
        if (header.size() > sizeAnnounced - offset) {
            throw broken("%s claims %d bytes, more than the whole upload has left"
                    .formatted(Quoted.text(entry.name()), header.size()));
        }
    }

    private void content(ByteBuffer bytes, int length) {
        ByteBuffer part = bytes.slice(bytes.position(), length);
        if (entry.sum() >= 0) {
            sum.add(part);
        }
        listener.content(part);
        bytes.position(bytes.position() + length);
        offset += length;
    }

    private void zeros(ByteBuffer bytes, int length, String where) {
        for (int i = 0; i < length; i++) {
            if (bytes.get() != 0) {
                throw broken("something other than zeros " + where);
            }
            offset++;
        }
        if (state == State.AFTER_TRAILER && offset - trailerEnd > settings.trailingSizeMax()) {
            throw broken("more than %d bytes after the archive's end".formatted(settings.trailingSizeMax()));
        }
    }

    private void become(State next, long bytes) {
        state = next;
        due = bytes;
    }

    private long padding() {
        return -offset & (ALIGNMENT - 1);
    }

    private Refused broken(String problem) {
        return Bundles.broken("The archive is broken at byte %d: %s.".formatted(offset, problem));
    }
}

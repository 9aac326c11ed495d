package dev.muster.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The witness's own book, outside the server's data: a line is on disk before the witness goes on. */
final class Ledger implements AutoCloseable {

    private final FileChannel file;

    private Ledger(FileChannel file) {
        this.file = file;
    }

    static Ledger open(Path path) throws IOException {
        return new Ledger(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    synchronized void write(Deed deed) throws IOException {
        file.write(ByteBuffer.wrap(deed.line().getBytes(StandardCharsets.US_ASCII)));
        if (deed.acknowledged()) {
            file.force(false);
        }
    }

    /** Whole lines only. */
    static List<Deed> read(Path path) throws IOException {
        String text = Files.exists(path) ? Files.readString(path) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Deed::parse)
                .toList();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

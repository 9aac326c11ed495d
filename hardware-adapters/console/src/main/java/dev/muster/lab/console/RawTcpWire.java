package dev.muster.lab.console;

import dev.muster.lab.LabRefusal;
import java.io.IOException;

/** A line whose bytes a server passes on as they are. */
final class RawTcpWire implements Wire {

    private final TcpStream stream;

    RawTcpWire(TcpStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(byte[] into) throws IOException {
        return stream.read(into);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        stream.write(bytes, offset, length);
    }

    @Override
    public void sendBreak() {
        throw LabRefusal.BAD_VALUE.because("A raw TCP line cannot send a break; rfc2217:// can.");
    }

    @Override
    public void baud(int rate) {
        throw LabRefusal.BAD_VALUE.because("A raw TCP line cannot change its rate; rfc2217:// can.");
    }

    @Override
    public void close() {
        stream.close();
    }
}

package dev.muster.lab.console;

import dev.muster.lab.LabRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A line behind a server that speaks RFC 2217. It is set up as soon as the server accepts the option; one that declines
 * is a plain telnet line, without breaks and rates.
 */
final class Rfc2217Wire implements Wire, TelnetCodec.Listener {

    private static final int SET_BAUDRATE = 1;
    private static final int SET_DATASIZE = 2;
    private static final int SET_PARITY = 3;
    private static final int SET_STOPSIZE = 4;
    private static final int SET_CONTROL = 5;
    private static final int SET_LINESTATE_MASK = 10;
    private static final int SET_MODEMSTATE_MASK = 11;
    /** The server's commands are the client's and this. */
    private static final int FROM_SERVER = 100;

    private static final int FLOWCONTROL_SUSPEND = FROM_SERVER + 8;
    private static final int FLOWCONTROL_RESUME = FROM_SERVER + 9;

    private static final int NO_FLOW_CONTROL = 1;
    private static final int BREAK_ON = 5;
    private static final int BREAK_OFF = 6;

    private static final int SUSPENDED_POLL_MILLIS = 20;

    private final TcpStream stream;
    private final LineOption option;
    private final ConsoleSettings settings;
    private final TelnetCodec codec = new TelnetCodec(this);
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    /** Who asked for a rate, in order; the server answers in the same. */
    private final Queue<CompletableFuture<Integer>> rateAnswers = new ConcurrentLinkedQueue<>();

    private volatile boolean declined;
    private volatile boolean suspended;
    private volatile boolean closed;
    private byte[] raw = new byte[0];

    Rfc2217Wire(TcpStream stream, LineOption option, ConsoleSettings settings) {
        this.stream = stream;
        this.option = option;
        this.settings = settings;
        answers.writeBytes(codec.greeting());
    }

    @Override
    public int read(byte[] into) throws IOException {
        sendAnswers();
        if (raw.length != into.length) {
            raw = new byte[into.length];
        }
        int length = stream.read(raw);
        if (length <= 0) {
            return length;
        }
        int data = codec.decode(raw, length, into, answers);
        sendAnswers();
        return data;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        while (suspended) {
            pause(SUSPENDED_POLL_MILLIS);
        }
        byte[] encoded = codec.encode(bytes, offset, length);
        stream.write(encoded, 0, encoded.length);
    }

    @Override
    public void sendBreak() throws IOException {
        demandComPort();
        send(TelnetCodec.comPort(SET_CONTROL, (byte) BREAK_ON));
        pause((int) settings.breakTime().toMillis());
        send(TelnetCodec.comPort(SET_CONTROL, (byte) BREAK_OFF));
    }

    @Override
    public void baud(int rate) throws IOException {
        demandComPort();
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        rateAnswers.add(answer);
        send(setBaudrate(rate));
        int now = await(answer, 0);
        if (now == 0) {
            throw LabRefusal.CONSOLE_FAULT.because("The line's server did not confirm the rate.");
        }
        if (now != rate) {
            throw LabRefusal.BAD_VALUE.about("value", "The line cannot do " + rate + " baud; it has " + now + " now.");
        }
    }

    @Override
    public void close() {
        closed = true;
        accepted.complete(false);
        stream.close();
    }

    @Override
    public void comPort(boolean isAccepted) {
        declined = !isAccepted;
        if (accepted.complete(isAccepted) && isAccepted) {
            setUp(option.format());
        }
    }

    /** Once only, so that a far end that changes its mind for ever is not answered for ever. */
    private void setUp(LineFormat format) {
        rateAnswers.add(new CompletableFuture<>());
        answers.writeBytes(setBaudrate(option.baud()));
        answers.writeBytes(TelnetCodec.comPort(SET_DATASIZE, (byte) format.dataBits()));
        answers.writeBytes(TelnetCodec.comPort(SET_PARITY, parity(format.parity())));
        answers.writeBytes(TelnetCodec.comPort(SET_STOPSIZE, (byte) format.stopBits()));
        answers.writeBytes(TelnetCodec.comPort(SET_CONTROL, (byte) NO_FLOW_CONTROL));
        answers.writeBytes(TelnetCodec.comPort(SET_LINESTATE_MASK, (byte) 0));
        answers.writeBytes(TelnetCodec.comPort(SET_MODEMSTATE_MASK, (byte) 0));
    }

    @Override
    public void comPortSays(byte[] body) {
        switch (body[0] & 0xff) {
            case FROM_SERVER + SET_BAUDRATE -> {
                CompletableFuture<Integer> waiting = body.length == 5 ? rateAnswers.poll() : null;
                if (waiting != null) {
                    waiting.complete(ByteBuffer.wrap(body, 1, 4).getInt());
                }
            }
            case FLOWCONTROL_SUSPEND -> suspended = true;
            case FLOWCONTROL_RESUME -> suspended = false;
            default -> {
                // Confirmations and line states: nobody waits for them.
            }
        }
    }

    private static byte[] setBaudrate(int rate) {
        return TelnetCodec.comPort(
                SET_BAUDRATE, ByteBuffer.allocate(4).putInt(rate).array());
    }

    private static byte parity(LineFormat.Parity parity) {
        return (byte)
                switch (parity) {
                    case NONE -> 1;
                    case ODD -> 2;
                    case EVEN -> 3;
                    case MARK -> 4;
                    case SPACE -> 5;
                };
    }

    private void demandComPort() throws IOException {
        if (!await(accepted, false) || declined) {
            throw LabRefusal.BAD_VALUE.because("The line's server speaks telnet, but not RFC 2217.");
        }
    }

    private void sendAnswers() throws IOException {
        if (answers.size() > 0) {
            byte[] bytes = answers.toByteArray();
            answers.reset();
            stream.answer(bytes);
        }
    }

    private void send(byte[] bytes) throws IOException {
        stream.write(bytes, 0, bytes.length);
    }

    private <T> T await(CompletableFuture<T> answer, T otherwise) throws IOException {
        try {
            return answer.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return otherwise;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (closed) {
            throw new IOException("closed");
        }
    }
}

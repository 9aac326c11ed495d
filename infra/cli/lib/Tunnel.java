import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A bridge between standard input and output and a WebSocket of the server. Needs nothing but a JDK; started from its
 * source: {@code java Tunnel.java raw|console|exec|shell <url> [command…]}. The token comes from
 * {@code MUSTER_TUNNEL_TOKEN}.
 *
 * <p>{@code raw}: the bytes of one stream, both ways; the end of the input closes. {@code console}: a serial line; Ctrl-]
 * begins an order. {@code exec}: runs a command and ends as it does. {@code shell}: a shell on a device; Ctrl-] then q
 * leaves. Both directions hold at most one message: what is
 * not taken on one side is not read on the other.
 */
final class Tunnel implements WebSocket.Listener {

    private static final int CHUNK = 32 * 1024;
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(20);
    private static final long CLOSE_WAIT_SECONDS = 10;
    private static final int ORDER = 0x1d;

    private static final int FAILED = 1;
    private static final int NOT_FOUND = 3;
    private static final int NOT_ALLOWED = 4;
    private static final int CONFLICT = 5;
    private static final int UNREACHABLE = 6;
    private static final int SIGNALLED = 128;

    private static final Pattern CODE = Pattern.compile("\"exit\"\\s*:\\s*\\{\\s*\"code\"\\s*:\\s*(\\d+)");
    private static final Pattern SIGNAL = Pattern.compile("\"exit\"\\s*:\\s*\\{\\s*\"signal\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern WRITER = Pattern.compile("\"writer\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern MINE = Pattern.compile("\"mine\"\\s*:\\s*true");
    private static final Pattern POWER = Pattern.compile("\"event\"\\s*:\\s*\"power\"\\s*,\\s*\"value\"\\s*:\\s*(true|false|null)");
    private static final Pattern EVENT = Pattern.compile("\"event\"\\s*:\\s*\"([\\w-]+)\"");
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private enum Mode {
        RAW,
        CONSOLE,
        EXEC,
        SHELL
    }

    private final Mode mode;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);
    /** Of exec: which stream the message at hand belongs to, until its last part. */
    private int stream = -1;

    private volatile int status = -1;

    private Tunnel(Mode mode) {
        this.mode = mode;
    }

    public static void main(String[] words) {
        if (words.length < 2) {
            System.err.println("usage: Tunnel raw|console|exec|shell <url> [command…]");
            System.exit(2);
        }
        Mode mode = Mode.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
        Tunnel tunnel = new Tunnel(mode);
        // Its threads end with the process: halt does not wait for a read of standard input that never returns.
        int code = tunnel.run(URI.create(words[1]), List.of(words).subList(2, words.length));
        Runtime.getRuntime().halt(code);
    }

    private int run(URI address, List<String> command) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WAIT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_WAIT);
        String token = System.getenv("MUSTER_TUNNEL_TOKEN");
        if (token != null && !token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (mode == Mode.EXEC) {
            builder.subprotocols("bitelab.exec.v1");
        }
        WebSocket socket;
        try {
            socket = builder.buildAsync(address, this).join();
        } catch (CompletionException e) {
            return refused(e.getCause(), address);
        }
        if (mode == Mode.EXEC) {
            socket.sendText(request(command), true).join();
        }
        Thread.ofPlatform().name("stdin").daemon().start(() -> pump(socket));
        return end.join();
    }

    /** Reads standard input for as long as it lasts; waits until each piece is taken before it reads the next. */
    private void pump(WebSocket socket) {
        byte[] buffer = new byte[CHUNK];
        int head = mode == Mode.EXEC ? 1 : 0;
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            for (int read; (read = in.read(buffer, head, CHUNK - head)) >= 0; ) {
                if ((mode == Mode.CONSOLE || mode == Mode.SHELL) && orders(socket, buffer, read, in)) {
                    continue;
                }
                send(socket, Arrays.copyOf(buffer, head + read));
            }
            if (mode == Mode.EXEC) {
                send(socket, new byte[1]);
            } else {
                leave(socket);
            }
        } catch (IOException | CompletionException e) {
            // The other side went first; onClose and onError say why.
            end.completeOnTimeout(FAILED, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void send(WebSocket socket, byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    private void leave(WebSocket socket) {
        end.completeOnTimeout(0, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }

    /** Whether these bytes of a console hold an order; what is around it is sent on. */
    private boolean orders(WebSocket socket, byte[] bytes, int length, InputStream in) throws IOException {
        int at = 0;
        while (at < length && bytes[at] != ORDER) {
            at++;
        }
        if (at == length) {
            return false;
        }
        if (at > 0) {
            send(socket, Arrays.copyOf(bytes, at));
        }
        int order = at + 1 < length ? bytes[at + 1] : in.read();
        switch (order) {
            case ORDER -> send(socket, new byte[] {ORDER});
            case 'q', '.', -1 -> leave(socket);
            default -> ordered(socket, order);
        }
        if (at + 2 < length) {
            byte[] rest = Arrays.copyOfRange(bytes, at + 2, length);
            if (!orders(socket, rest, rest.length, in)) {
                send(socket, rest);
            }
        }
        return true;
    }

    /** What can be ordered of a line, and not of a shell. */
    private void ordered(WebSocket socket, int order) {
        if (mode == Mode.SHELL) {
            say("Ctrl-] then q leaves, Ctrl-] sends itself");
            return;
        }
        switch (order) {
            case 'b' -> socket.sendText("{\"cmd\":\"break\"}", true).join();
            case 't' -> socket.sendText("{\"cmd\":\"take\"}", true).join();
            case 'p' -> socket.sendText("{\"cmd\":\"power\",\"value\":\"cycle\"}", true).join();
            default -> say("Ctrl-] then q leaves, b breaks, t takes the pen, p power-cycles, Ctrl-] sends itself");
        }
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        try {
            OutputStream target = out;
            if (mode == Mode.EXEC) {
                if (stream < 0 && data.hasRemaining()) {
                    stream = data.get();
                }
                target = stream == 2 ? err : out;
                if (last) {
                    stream = -1;
                }
            }
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            target.write(bytes);
        } catch (IOException e) {
            // Nobody reads us any more.
            leave(socket);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            told(text.toString());
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void told(String message) {
        Matcher found;
        if ((found = CODE.matcher(message)).find()) {
            status = Integer.parseInt(found.group(1)) & 0xff;
        } else if ((found = SIGNAL.matcher(message)).find()) {
            say("The command was ended by signal " + found.group(1) + ".");
            status = SIGNALLED + number(found.group(1));
        } else if ((found = ERROR.matcher(message)).find()) {
            say(plain(found.group(1)));
            status = FAILED;
        } else if ((found = WRITER.matcher(message)).find()) {
            say(MINE.matcher(message).find() ? "You have the pen." : plain(found.group(1)) + " has the pen; Ctrl-] t takes it.");
        } else if ((found = POWER.matcher(message)).find()) {
            say("Power: " + switch (found.group(1)) {
                case "true" -> "on";
                case "false" -> "off";
                default -> "unknown";
            });
        } else if ((found = EVENT.matcher(message)).find()) {
            say(found.group(1).replace('-', ' '));
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        switch (code) {
            case WebSocket.NORMAL_CLOSURE -> finish(mode == Mode.EXEC && status < 0 ? FAILED : Math.max(status, 0));
            case 4401 -> finish(NOT_ALLOWED, "The token is not valid any more.");
            case 4403 -> finish(CONFLICT, mode == Mode.SHELL ? reason : "The board is not yours any more.");
            case 4409 -> finish(CONFLICT, mode == Mode.SHELL ? reason : "The state of the board has changed.");
            case 4500 -> finish(Math.max(status, FAILED), reason.isEmpty() ? "The far end could not be started." : reason);
            default -> finish(UNREACHABLE, "The connection broke off" + (reason.isEmpty() ? " (" + code + ")." : ": " + reason));
        }
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        finish(UNREACHABLE, "The connection broke off: " + error.getMessage());
    }

    private void finish(int code) {
        end.complete(code);
    }

    private void finish(int code, String sentence) {
        if (!end.isDone()) {
            say(sentence);
        }
        end.complete(code);
    }

    private int refused(Throwable cause, URI address) {
        if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
            int answered = handshake.getResponse().statusCode();
            switch (mode == Mode.SHELL && answered != 401 && answered != 429 ? 0 : answered) {
                case 0 -> say(detail(handshake.getResponse().body()));
                case 401 -> say("The token is missing, unknown or too old; check MUSTER_TOKEN.");
                case 403 -> say("The board is not yours, nor shared with you.");
                case 404 -> say("There is no such board, or it has nothing of that kind.");
                case 409 -> say("The board is not reserved; reserve it first.");
                case 429 -> say("Too many connections; try again in a moment.");
                default -> say("The server answered " + answered + " and does not let us in.");
            }
            return switch (answered) {
                case 401, 403 -> NOT_ALLOWED;
                case 404 -> NOT_FOUND;
                case 409 -> CONFLICT;
                default -> FAILED;
            };
        }
        say("The server at " + address.getHost() + " cannot be reached: " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
        return UNREACHABLE;
    }

    /** What a problem says (RFC 9457), where the refusal came with one. */
    private static String detail(Object body) {
        Matcher found = DETAIL.matcher(String.valueOf(body));
        return found.find() ? plain(found.group(1)) : "The shell is refused: is the device there, and may you?";
    }

    /** One line on standard error; a terminal in raw mode needs the return as well. */
    private void say(String sentence) {
        String line = mode == Mode.CONSOLE || mode == Mode.SHELL ? "\r\n[" + sentence + "]\r\n" : sentence + "\n";
        try {
            err.write(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody reads us any more.
        }
    }

    private static int number(String signal) {
        return switch (signal) {
            case "HUP" -> 1;
            case "INT" -> 2;
            case "QUIT" -> 3;
            case "ABRT" -> 6;
            case "KILL" -> 9;
            case "SEGV" -> 11;
            case "PIPE" -> 13;
            default -> 15;
        };
    }

    private static String request(List<String> command) {
        return command.stream()
                .map(word -> '"' + escaped(word) + '"')
                .collect(Collectors.joining(",", "{\"cmd\":\"exec\",\"args\":[", "],\"env\":{},\"cwd\":null,\"pty\":null}"));
    }

    private static String escaped(String word) {
        StringBuilder json = new StringBuilder();
        for (char each : word.toCharArray()) {
            switch (each) {
                case '"', '\\' -> json.append('\\').append(each);
                default -> {
                    if (each < 0x20) {
                        json.append(String.format("\\u%04x", (int) each));
                    } else {
                        json.append(each);
                    }
                }
            }
        }
        return json.toString();
    }

    /** A JSON string as one line of text, without what a terminal would take for an order. */
    private static String plain(String json) {
        return json.replaceAll("\\\\u[0-9a-fA-F]{4}|\\\\[bfnrt]", " ").replaceAll("\\\\(.)", "$1").replaceAll("\\p{Cntrl}", " ");
    }
}

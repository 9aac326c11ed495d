package dev.muster.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process beside the server that writes, writes down what was acknowledged, and repeats every write whose outcome it
 * does not know with the same key until it knows. Ends by itself once the stop file is there and all its writes are
 * decided. Arguments: server's address, file with the operator's token, gateway token, release id, ledger, stop file, and
 * whether refusals are retried too, as a server that forgets refuses what it has acknowledged.
 */
final class Witness {

    private static final int WRITERS = 12;
    private static final int STANDING_EVERY = 40;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(40);
    private static final Pattern ACTION = Pattern.compile("\"action\"\\s*:\\s*(\\d+)");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String server;
    private final String operator;
    private final String gateway;
    private final String release;
    private final Ledger ledger;
    private final Path stop;
    private final boolean lenient;

    private Witness(List<String> arguments) throws IOException {
        this.server = arguments.get(0);
        this.operator = "Bearer " + Files.readString(Path.of(arguments.get(1))).trim();
        this.gateway = "GatewayToken " + arguments.get(2);
        this.release = arguments.get(3);
        this.ledger = Ledger.open(Path.of(arguments.get(4)));
        this.stop = Path.of(arguments.get(5));
        this.lenient = Boolean.parseBoolean(arguments.get(6));
    }

    public static void main(String[] arguments) throws Exception {
        Witness witness = new Witness(List.of(arguments));
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(Thread.ofPlatform().start(() -> witness.write(writer)));
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void write(int writer) {
        try {
            for (int n = 0; !Files.exists(stop); n++) {
                device("crash-%d-%d".formatted(writer, n), n % STANDING_EVERY == writer);
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** The short life of one device: registered, given a release, done. */
    private void device(String id, boolean standing) throws IOException, InterruptedException {
        keyed(Deed.What.DEVICE, id, "/api/v1/devices", "{\"id\":\"%s\",\"group\":\"crash\"}".formatted(id));
        String assigned = keyed(
                Deed.What.ACTION,
                id,
                "/api/v1/devices/" + id + "/actions",
                "{\"releaseId\":\"%s\",\"type\":\"forced\"}".formatted(release));
        Matcher action = ACTION.matcher(assigned);
        if (!action.find()) {
            throw new IOException("no action number in " + assigned);
        }
        feedback(id, action.group(1));
        if (standing) {
            keyed(
                    Deed.What.STANDING,
                    id,
                    "/api/v1/auto-assignments",
                    "{\"name\":\"%s\",\"filter\":\"id==nobody\",\"releaseId\":\"%s\"}".formatted(id, release));
        }
    }

    private String keyed(Deed.What what, String name, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", operator)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", what + "/" + name)
                .POST(BodyPublishers.ofString(body))
                .build();
        ledger.write(new Deed(false, what, name));
        while (true) {
            HttpResponse<String> answer = attempt(request);
            if (answer != null && answer.statusCode() / 100 == 2) {
                ledger.write(new Deed(true, what, name));
                return answer.body();
            }
            again(request, answer);
        }
    }

    /** Devices have no keys: 410 to a repeated closing word says that an earlier attempt was taken. */
    private void feedback(String device, String action) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        server + "/DEFAULT/controller/v1/" + device + "/deploymentBase/" + action + "/feedback"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", gateway)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"}}}"))
                .build();
        ledger.write(new Deed(false, Deed.What.FEEDBACK, device));
        boolean repeated = false;
        while (true) {
            HttpResponse<String> answer = attempt(request);
            if (answer != null && (answer.statusCode() == 200 || (repeated && answer.statusCode() == 410))) {
                ledger.write(new Deed(true, Deed.What.FEEDBACK, device));
                return;
            }
            again(request, answer);
            repeated = true;
        }
    }

    /** The answer, or null when the outcome is unknown. */
    private HttpResponse<String> attempt(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    /** Goes on for "not now"; a plain refusal is a fault of the server, because nothing here is wrong. */
    private void again(HttpRequest request, HttpResponse<String> answer) throws IOException {
        int status = answer == null ? 503 : answer.statusCode();
        boolean conflictOfAttempts = status == 409 && answer.body().contains("key-in-use");
        if (status != 503 && status != 429 && !conflictOfAttempts && !lenient) {
            throw new IOException(request.uri() + " answered " + status + ": " + answer.body());
        }
        LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
    }
}

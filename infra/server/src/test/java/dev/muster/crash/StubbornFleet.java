package dev.muster.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Devices that go on polling whatever becomes of the server, over a few connections, and say how an installation went
 * until they know that they were heard. How it goes is in the device's number and which try it is, so it goes the same
 * in every run. A device that has succeeded, or failed for good, is done and polls no more until it is asked to.
 */
final class StubbornFleet implements AutoCloseable {

    static final int DEVICES = 10_000;
    /** One retry: who fails twice has failed. */
    static final int TRIES = 2;

    private static final int LANES = 8;
    private static final long BETWEEN_POLLS_MS = 3;
    private static final long AFTER_SILENCE_MS = 50;
    private static final int REFUSALS_KEPT_MAX = 20;
    private static final Pattern ACTION = Pattern.compile("/deploymentBase/(\\d{1,10})");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI server;
    private final String credential;
    private final AtomicIntegerArray lastAnswered = new AtomicIntegerArray(DEVICES);
    private final AtomicIntegerArray tries = new AtomicIntegerArray(DEVICES);
    private final AtomicInteger done = new AtomicInteger();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final List<Thread> lanes = new ArrayList<>();

    /** How installations go on a device. */
    enum Fate {
        WORKS,
        FAILS_ONCE,
        LACKS_SPACE,
        DISTRUSTS;

        /** @param attempt counted from 1 */
        boolean succeeds(int attempt) {
            return this == WORKS || this == FAILS_ONCE && attempt > 1;
        }

        int tries() {
            return this == WORKS ? 1 : TRIES;
        }

        /** What the device says when it did not work; no two ways of saying one reason. */
        String words() {
            return this == DISTRUSTS ? "The signature of the image is not valid" : "No space left on slot B";
        }
    }

    /** @param server address that stays the same over all starts */
    StubbornFleet(URI server, String gatewayToken) {
        this.server = server;
        this.credential = "GatewayToken " + gatewayToken;
    }

    static String id(int number) {
        return "twin-%05d".formatted(number);
    }

    static Fate fate(int number) {
        return switch (number % 50) {
            case 3 -> Fate.LACKS_SPACE;
            case 17 -> Fate.DISTRUSTS;
            case 8, 29, 41 -> Fate.FAILS_ONCE;
            default -> Fate.WORKS;
        };
    }

    void start() {
        for (int lane = 0; lane < LANES; lane++) {
            int first = lane;
            lanes.add(Thread.ofVirtual().name("lane-", lane).start(() -> live(first)));
        }
    }

    /** How many devices have succeeded or failed for good. */
    int done() {
        return done.get();
    }

    /** How many installations the device was asked for and has answered. */
    int tries(int number) {
        return tries.get(number);
    }

    /** What the server refused though there was no reason to, some of it. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Every device once more, when all are done: the ids of those that are still shown an update. */
    List<String> stillAsked() throws IOException, InterruptedException {
        List<String> asked = new ArrayList<>();
        for (int number = 0; number < DEVICES; number++) {
            HttpResponse<String> poll = client.send(poll(number), BodyHandlers.ofString());
            if (poll.statusCode() != 200 || ACTION.matcher(poll.body()).find()) {
                asked.add(id(number) + ": " + poll.statusCode() + " " + poll.body());
            }
        }
        return asked;
    }

    private void live(int lane) {
        try {
            boolean open = true;
            while (open) {
                open = false;
                for (int number = lane; number < DEVICES; number += LANES) {
                    if (!isDone(number)) {
                        open = true;
                        contact(number);
                        Thread.sleep(BETWEEN_POLLS_MS);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(int number) {
        return tries.get(number) >= fate(number).tries();
    }

    private void contact(int number) throws InterruptedException {
        HttpResponse<String> poll = attempt(poll(number));
        if (poll == null || poll.statusCode() != 200) {
            unheard(number, "poll", poll);
            return;
        }
        Matcher action = ACTION.matcher(poll.body());
        if (action.find()) {
            int asked = Integer.parseInt(action.group(1));
            if (asked != lastAnswered.get(number)) {
                answer(number, asked);
            }
        }
    }

    /** Says it until it was heard: 410 to a repeated word says that an earlier one was. */
    private void answer(int number, int action) throws InterruptedException {
        Fate fate = fate(number);
        int attempt = tries.get(number) + 1;
        String body = fate.succeeds(attempt)
                ? "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"success\"},\"details\":[\"Done\"]}}"
                : "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"failure\"},\"details\":[\"%s\"]}}"
                        .formatted(fate.words());
        HttpRequest request = request(number, "/deploymentBase/" + action + "/feedback")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        boolean repeated = false;
        while (true) {
            HttpResponse<String> answer = attempt(request);
            if (answer != null && (answer.statusCode() == 200 || repeated && answer.statusCode() == 410)) {
                lastAnswered.set(number, action);
                if (tries.incrementAndGet(number) == fate.tries()) {
                    done.incrementAndGet();
                }
                return;
            }
            unheard(number, "feedback", answer);
            repeated = true;
        }
    }

    /** No answer, or the server is busy or not there yet: later. A server that was killed has no other excuse. */
    private void unheard(int number, String what, HttpResponse<String> answer) throws InterruptedException {
        boolean excused = answer == null || answer.statusCode() == 429 || answer.statusCode() >= 500;
        if (!excused && refusals.size() < REFUSALS_KEPT_MAX) {
            refusals.add("%s of %s: %d %s".formatted(what, id(number), answer.statusCode(), answer.body()));
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_SILENCE_MS);
    }

    private HttpResponse<String> attempt(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    private HttpRequest poll(int number) {
        return request(number, "").build();
    }

    private HttpRequest.Builder request(int number, String rest) {
        return HttpRequest.newBuilder(URI.create(server + "/DEFAULT/controller/v1/" + id(number) + rest))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", credential);
    }

    @Override
    public void close() throws InterruptedException {
        for (Thread lane : lanes) {
            lane.interrupt();
        }
        for (Thread lane : lanes) {
            lane.join();
        }
        client.shutdownNow();
    }
}

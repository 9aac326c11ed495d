package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Code of this process takes part as everybody does. */
class LocalSessionTest {

    private final TestRouter house = new TestRouter(TestRouter.settings("eventsMax", 4));
    private final LocalSession cloud = house.router.join("realm1", "system", "system");
    private final Peer agent = house.join("2-3");

    private static LocalSession.Offer done(Mono<LocalSession.Offer> registering) {
        AtomicReference<LocalSession.Offer> offer = new AtomicReference<>();
        registering.subscribe(offer::set);
        return offer.get();
    }

    @Test
    void aDeviceIsCalled() {
        long registration = agent.register("re.mgmt.s.device_handshake", "{}");
        AtomicReference<Payload> answer = new AtomicReference<>();
        cloud.call("re.mgmt.s.device_handshake", List.of(1), Map.of("k", Map.of("value", 2)))
                .subscribe(answer::set);
        agent.hears("[68,1," + registration + ",{\"caller\":" + cloud.identity().session()
                + ",\"caller_authid\":\"system\",\"caller_authrole\":\"system\"},[1],{\"k\":{\"value\":2}}]");
        agent.says("[70,1,{},[7],{\"id\":\"s\"}]");
        assertThat(answer.get().arg(0)).isEqualTo(7L);
        assertThat(answer.get().map()).containsEntry("id", "s");
        assertThat(cloud.waiting()).isZero();
    }

    @Test
    void aFailureIsToldAsItIs() {
        agent.register("a.b", "{}");
        List<Throwable> failures = new ArrayList<>();
        cloud.call("a.b", null, null).subscribe(answer -> {}, failures::add);
        agent.next();
        agent.says("[8,68,1,{},\"wamp.error.canceled\",[{\"error\":\"no docker\"}]]");
        assertThat(failures).singleElement().isInstanceOfSatisfying(WampFailure.class, failure -> {
            assertThat(failure.uri()).isEqualTo("wamp.error.canceled");
            assertThat(failure.payload().arg(0)).isEqualTo(Map.of("error", "no docker"));
        });
        StepVerifier.create(cloud.call("no.such", null, null))
                .expectErrorMatches(
                        failure -> failure instanceof WampFailure it && it.uri().equals("wamp.error.no_such_procedure"))
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void whoeverDoesNotWaitAnyLongerCancels() {
        agent.register("a.b", "{}");
        Disposable waiting = cloud.call("a.b", null, null).subscribe();
        agent.next();
        waiting.dispose();
        agent.hears("[69,1,{\"mode\":\"killnowait\",\"reason\":\"wamp.error.canceled\"}]");
        assertThat(cloud.waiting()).isZero();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        cloud.call("a.b", null, null, Map.of("timeout", 100)).subscribe(answer -> {}, failure::set);
        agent.next();
        house.pass(Duration.ofMillis(101));
        assertThat(failure.get()).isInstanceOfSatisfying(WampFailure.class, it -> assertThat(it.uri())
                .isEqualTo("wamp.error.timeout"));
    }

    @Test
    void aProcedureAnswers() {
        List<Invoked> calls = new ArrayList<>();
        cloud.register("reswarm.devices.update_device_status", call -> {
                    calls.add(call);
                    return Mono.empty();
                })
                .subscribe();
        agent.says("[48,7,{},\"reswarm.devices.update_device_status\",[{\"swarm_key\":2}]]");
        // Without arguments: agents take an empty list for one that has something in it.
        agent.hears("[50,7,{}]");
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.procedure()).isEqualTo("reswarm.devices.update_device_status");
            assertThat(call.callerAuthid()).isEqualTo("2-3");
            assertThat(call.callerAuthrole()).isEqualTo("swarm_device");
            assertThat(call.caller()).isEqualTo(agent.session);
            assertThat(call.payload().arg(0)).isEqualTo(Map.of("swarm_key", 2L));
        });
    }

    @Test
    void whatAProcedureGivesIsWhatIsSaid() {
        Map<String, Payload> answers = Map.of(
                "a.null", Payload.given(Collections.singletonList(null), null),
                "a.list", Payload.given(List.of(List.of()), null),
                "a.empty", Payload.given(List.of(), Map.of()),
                "a.kwargs", Payload.given(null, Map.of("k", 1)));
        answers.forEach(
                (uri, answer) -> cloud.register(uri, call -> Mono.just(answer)).subscribe());
        agent.says("[48,1,{},\"a.null\"]").hears("[50,1,{},[null]]");
        agent.says("[48,2,{},\"a.list\"]").hears("[50,2,{},[[]]]");
        agent.says("[48,3,{},\"a.empty\"]").hears("[50,3,{}]");
        agent.says("[48,4,{},\"a.kwargs\"]").hears("[50,4,{},[],{\"k\":1}]");
    }

    @Test
    void aProcedureFailsInItsOwnWordsOrInNone() {
        cloud.register("a.refused", call -> Mono.error(new WampFailure("a.no", "Not now.")))
                .subscribe();
        cloud.register("a.broken", call -> {
                    throw new IllegalStateException("password 123");
                })
                .subscribe();
        agent.says("[48,1,{},\"a.refused\"]").hears("[8,48,1,{},\"a.no\",[\"Not now.\"]]");
        agent.says("[48,2,{},\"a.broken\"]");
        assertThat(agent.next())
                .startsWith("[8,48,2,{},\"wamp.error.runtime_error\"")
                .doesNotContain("password");
    }

    @Test
    void aProcedureIsStoppedWhenNobodyWaits() {
        AtomicBoolean isStopped = new AtomicBoolean();
        cloud.register("a.slow", call -> Mono.<Payload>never().doOnCancel(() -> isStopped.set(true)))
                .subscribe();
        agent.says("[48,1,{},\"a.slow\"]").hearsNothing();
        agent.says("[49,1,{\"mode\":\"kill\"}]").hears("[8,48,1,{},\"wamp.error.canceled\"]");
        assertThat(isStopped).isTrue();
        isStopped.set(false);
        agent.says("[48,2,{},\"a.slow\"]");
        agent.breaksOff();
        assertThat(isStopped).isTrue();
    }

    @Test
    void aProcedureIsWithdrawn() {
        LocalSession.Offer offer = done(cloud.register("a.b", call -> Mono.empty()));
        Peer ann = house.join("ann");
        ann.subscribe("wamp.registration.on_unregister", "{}");
        offer.withdraw().subscribe();
        assertThat(ann.next()).endsWith("[" + cloud.identity().session() + "," + offer.id() + "]]");
        agent.says("[48,1,{},\"a.b\"]");
        assertThat(agent.next()).contains("no_such_procedure");
        StepVerifier.create(offer.withdraw())
                .expectErrorMatches(failure ->
                        failure instanceof WampFailure it && it.uri().equals("wamp.error.no_such_registration"))
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void aTopicIsHeardAsLongAsSomebodyListens() {
        List<Heard> one = new ArrayList<>();
        List<Heard> two = new ArrayList<>();
        Disposable first = cloud.subscribe("a.b", Match.EXACT).subscribe(one::add);
        Disposable second = cloud.subscribe("a.b", Match.EXACT).subscribe(two::add);
        agent.says("[16,1,{},\"a.b\",[1]]");
        first.dispose();
        agent.says("[16,2,{},\"a.b\",[2]]");
        assertThat(one).hasSize(1);
        assertThat(two).hasSize(2);
        assertThat(two.getFirst().topic()).isEqualTo("a.b");
        assertThat(two.getFirst().details())
                .containsEntry("publisher", agent.session)
                .containsEntry("publisher_authid", "2-3");
        assertThat(agent.ask("wamp.subscription.match", "[\"a.b\"]")).isNotEqualTo("[null]");
        second.dispose();
        assertThat(agent.ask("wamp.subscription.match", "[\"a.b\"]")).isEqualTo("[null]");
        List<Heard> again = new ArrayList<>();
        cloud.subscribe("a.b", Match.EXACT).subscribe(again::add);
        agent.says("[16,3,{},\"a.b\",[3]]");
        assertThat(again).hasSize(1);
    }

    @Test
    void aPatternIsHeardWithItsTopics() {
        List<String> heard = new ArrayList<>();
        cloud.subscribe("reswarm.logs.", Match.PREFIX).subscribe(it -> heard.add(it.topic()));
        agent.says("[16,1,{},\"reswarm.logs.s.c\",[1]]");
        assertThat(heard).containsExactly("reswarm.logs.s.c");
    }

    @Test
    void nothingIsMissedOfWhatComesAfterASubscription() {
        agent.register("a.start", "{}");
        List<Heard> heard = new ArrayList<>();
        cloud.subscribe("a.output", Match.EXACT).subscribe(heard::add);
        cloud.call("a.start", null, null).subscribe();
        agent.next();
        agent.says("[16,1,{},\"a.output\",[\"first\"]]");
        agent.says("[70,1,{}]");
        assertThat(heard).hasSize(1);
    }

    @Test
    void whoeverTakesLessMissesSome() {
        StepVerifier.create(
                        cloud.subscribe("a.b", Match.EXACT)
                                .map(it -> it.payload().arg(0)),
                        0)
                .then(() -> {
                    for (int i = 0; i < 10; i++) {
                        agent.says("[16," + (i + 1) + ",{},\"a.b\",[" + i + "]]");
                    }
                })
                .thenRequest(100)
                .expectNext(0L, 1L, 2L, 3L)
                .then(() -> agent.says("[16,99,{},\"a.b\",[99]]"))
                .expectNext(99L)
                .thenCancel()
                .verify(Duration.ofSeconds(5));
        assertThat(house.router.metrics().eventsDropped()).isEqualTo(6);
    }

    @Test
    void whatIsPublishedArrivesBeforeItIsDone() {
        long topic = agent.subscribe("re.mgmt.s.term_write.u", "{}");
        AtomicBoolean isDone = new AtomicBoolean();
        cloud.publish("re.mgmt.s.term_write.u", List.of("ls\r"), null)
                .doOnSuccess(nothing -> isDone.set(true))
                .subscribe();
        agent.hears("[36," + topic + ",1,{},[\"ls\\r\"]]");
        assertThat(isDone).isTrue();
        StepVerifier.create(cloud.publish("not a uri", null, null))
                .expectErrorMatches(
                        failure -> failure instanceof WampFailure it && it.uri().equals("wamp.error.invalid_uri"))
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void whatHasNoFormOnTheWireIsRefused() {
        assertThatThrownBy(() -> cloud.call("a.b", List.of(new Object()), null).block(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cloud.publish("a.b", List.of(Double.NaN), null).block(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> house.router.join("nowhere", "x", "y")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whenItClosesAllOfItIsOver() {
        agent.register("a.b", "{}");
        cloud.register("a.c", call -> Mono.never()).subscribe();
        List<Throwable> failures = new ArrayList<>();
        cloud.call("a.b", null, null).subscribe(answer -> {}, failures::add);
        cloud.subscribe("a.d", Match.EXACT).subscribe(it -> {}, failures::add);
        agent.next();
        cloud.close();
        assertThat(failures).hasSize(2).allMatch(WampFailure.class::isInstance);
        cloud.call("a.b", null, null).subscribe(answer -> {}, failures::add);
        assertThat(failures).hasSize(3);
        assertThat(agent.next()).startsWith("[69,1,");
        agent.says("[48,1,{},\"a.c\"]");
        assertThat(agent.next()).contains("no_such_procedure");
        assertThat(cloud.waiting()).isZero();
    }

    /** Thousands leave when a line breaks; whoever counts them must not lose any, or they are here for ever. */
    @Test
    void whoLeavesIsHeardOfHoweverManyTheyAre() throws Exception {
        RouterSettings narrow = TestRouter.settings("eventsMax", 4);
        Executor threads = task -> Thread.ofVirtual().start(task);
        Engine engine = new Engine(threads, threads, house.timer, Chance.secure(), Clock.systemUTC());
        Router router = new Router(narrow, (realm, authid) -> Mono.empty(), (who, action, uri, match) -> true, engine);
        LocalSession watch = router.join("realm1", "system", "system");
        LocalSession other = router.join("realm1", "system", "system");
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(50);
        Disposable watching = watch.subscribe("wamp.session.on_leave", Match.EXACT)
                .subscribe(event -> {
                    try {
                        if (goesOn.await(20, TimeUnit.SECONDS)) {
                            heard.countDown();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        for (int i = 0; i < 50; i++) {
            router.join("realm1", "1-" + (i + 1), "swarm_device").close();
        }
        // Its answer comes when the router is through with all of them.
        assertThat(other.call("wamp.session.count", null, null).block(Duration.ofSeconds(20)))
                .isNotNull();
        goesOn.countDown();
        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
        watching.dispose();
        watch.close();
        other.close();
        router.close();
    }
}

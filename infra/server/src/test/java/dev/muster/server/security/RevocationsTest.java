package dev.muster.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.UserEvent.RolesChanged;
import dev.muster.identity.UserEvent.UserDisabled;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RevocationsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @AutoClose
    private static Slice slice;

    @BeforeAll
    static void start() {
        slice = new Slice();
    }

    @Test
    void anOpenStreamEndsWhenItsUserIsDisabled() {
        UserId ann = slice.user(Role.VIEWER);
        String cookie = slice.session(ann).cookie();
        endsAfter(it -> it.add("Cookie", "MUSTER_SESSION=" + cookie), () -> slice.happened(new UserDisabled(ann)));
    }

    @Test
    void anOpenStreamEndsWhenItsUserIsDemoted() {
        UserId ann = slice.user(Role.VIEWER);
        String cookie = slice.session(ann).cookie();
        endsAfter(
                it -> it.add("Cookie", "MUSTER_SESSION=" + cookie),
                () -> slice.happened(new RolesChanged(ann, Set.of())));
    }

    @Test
    void anOpenStreamEndsWhenItsTokenIsRevoked() {
        Slice.Made token = slice.token(Accounts.SYSTEM, EnumSet.of(Permission.EVENTS_READ), Duration.ofHours(1));
        endsAfter(it -> it.setBearerAuth(token.text()), () -> slice.happened(new TokenRevoked(token.id())));
    }

    @Test
    void anOpenStreamEndsWhenItsTokenExpires() {
        Slice.Made token = slice.token(Accounts.SYSTEM, EnumSet.of(Permission.EVENTS_READ), Duration.ofSeconds(2));
        endsAfter(it -> it.setBearerAuth(token.text()), () -> {});
    }

    @Test
    void aStreamWhoseReaderMayStillReadGoesOn() {
        String token = slice.token(Permission.EVENTS_READ);
        StepVerifier.create(stream(it -> it.setBearerAuth(token)))
                .expectNext("hello")
                .expectNoEvent(Duration.ofSeconds(3))
                .thenCancel()
                .verify(SOON.multipliedBy(2));
    }

    private static void endsAfter(Consumer<HttpHeaders> credentials, Runnable loss) {
        Duration took = StepVerifier.create(stream(credentials))
                .expectNext("hello")
                .then(loss)
                .expectComplete()
                .verify(Duration.ofSeconds(15));
        assertThat(took).isLessThan(SOON);
    }

    private static Flux<String> stream(Consumer<HttpHeaders> credentials) {
        return slice.client()
                .get()
                .uri("/api/v1/stream")
                .headers(credentials)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class)
                .getResponseBody();
    }
}

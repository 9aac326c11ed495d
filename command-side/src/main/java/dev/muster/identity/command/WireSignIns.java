package dev.muster.identity.command;

import dev.muster.identity.Caller;
import dev.muster.identity.SignIns;
import dev.muster.identity.UserId;
import dev.muster.kernel.Ids;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The sessions of browsers, given out as bearer tokens to wires that know nothing else. */
public final class WireSignIns implements SignIns {

    private final SignIn signIn;
    private final Sessions sessions;
    private final Credentials credentials;
    private final SetupLink link;
    private final Accounts accounts;
    private final Clock clock;

    public WireSignIns(
            SignIn signIn, Sessions sessions, Credentials credentials, SetupLink link, Accounts accounts, Clock clock) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.credentials = credentials;
        this.link = link;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Mono<String> signIn(String username, String password, @Nullable String address) {
        return signIn.orDisabled(username, password, address)
                .map(welcome -> welcome.session().cookie());
    }

    @Override
    public @Nullable Caller callerOf(String secret, Map<String, String> provenance) {
        return credentials
                .bySession(secret)
                .map(found -> found.who().asCaller(provenance))
                .orElse(null);
    }

    @Override
    public boolean isDisabled(String secret) {
        return sessions.isOfDisabled(secret);
    }

    @Override
    public void signOut(String secret) {
        sessions.close(secret);
    }

    @Override
    public boolean isSetUp() {
        return !accounts.users().isEmpty();
    }

    @Override
    public Mono<String> setUp(
            String username, String password, Map<String, String> provenance, @Nullable String address) {
        // Making an id may read from the machine's source of chance, which is not for event loops.
        return Mono.fromCallable(() -> new UserId(Ids.next(clock)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(id -> link.takeOpenly(id, username, password, provenance, address))
                .map(welcome -> welcome.session().cookie());
    }
}

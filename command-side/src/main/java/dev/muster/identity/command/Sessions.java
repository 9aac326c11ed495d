package dev.muster.identity.command;

import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.IdentitySettings.SessionLimits;
import dev.muster.kernel.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is signed in with a browser: in memory only, so a restart signs everyone out. The map is keyed by the cookie's
 * SHA-256; a heap dump does not hold what a thief could send.
 */
public final class Sessions {

    /**
     * @param cookie the secret that goes to the browser, once
     * @param csrf what the browser's script must send along with every change
     */
    public record Opened(String cookie, String csrf) {

        @Override
        public String toString() {
            return "Opened[…]";
        }
    }

    /** A session that is good right now. */
    public record Open(Account account, String csrf) {}

    private static final class Session {
        private final UserId user;
        private final int epoch;
        private final String csrf;
        private final Instant openedAt;
        private volatile Instant lastSeen;

        private Session(UserId user, int epoch, String csrf, Instant openedAt) {
            this.user = user;
            this.epoch = epoch;
            this.csrf = csrf;
            this.openedAt = openedAt;
            this.lastSeen = openedAt;
        }
    }

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final SessionLimits limits;
    private final Clock clock;

    public Sessions(Accounts accounts, SessionLimits limits, Clock clock) {
        this.accounts = accounts;
        this.limits = limits;
        this.clock = clock;
    }

    /** @param epoch of the account when the password was checked; see {@link Account#epoch()} */
    public synchronized Opened open(UserId user, int epoch) {
        Instant now = clock.instant();
        sessions.values().removeIf(each -> account(each, now).isEmpty());
        makeRoom(user);
        Opened opened = new Opened(Ids.secret(), Ids.secret());
        sessions.put(Ids.digest(opened.cookie()), new Session(user, epoch, opened.csrf(), now));
        return opened;
    }

    /** The session of a cookie, and note that it was used. */
    public Optional<Open> use(String cookie) {
        return find(cookie, true);
    }

    /** The same without counting as use: an open stream alone does not keep a session alive. */
    public Optional<Open> peek(String cookie) {
        return find(cookie, false);
    }

    /** Whether a cookie belongs to a session that ended with its account's being disabled, and was not swept since. */
    public boolean isOfDisabled(String cookie) {
        Session session = sessions.get(Ids.digest(cookie));
        return session != null
                && accounts.user(session.user).filter(it -> !it.enabled()).isPresent();
    }

    public void close(String cookie) {
        sessions.remove(Ids.digest(cookie));
    }

    /** How many sessions are held, good ones and such that nobody has asked for since they ended. */
    public int count() {
        return sessions.size();
    }

    private Optional<Open> find(String cookie, boolean used) {
        String key = Ids.digest(cookie);
        Session session = sessions.get(key);
        if (session == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Account> account = account(session, now);
        if (account.isEmpty()) {
            sessions.remove(key, session);
        } else if (used) {
            session.lastSeen = now;
        }
        return account.map(it -> new Open(it, session.csrf));
    }

    private Optional<Account> account(Session session, Instant now) {
        if (now.isAfter(session.lastSeen.plus(limits.idleMax()))
                || now.isAfter(session.openedAt.plus(limits.lifeMax()))) {
            return Optional.empty();
        }
        return accounts.user(session.user).filter(it -> it.enabled() && it.epoch() == session.epoch);
    }

    private void makeRoom(UserId user) {
        long own = sessions.values().stream().filter(it -> it.user.equals(user)).count();
        if (own >= limits.perUserMax()) {
            sessions.entrySet().stream()
                    .filter(it -> it.getValue().user.equals(user))
                    .min(Comparator.comparing(it -> it.getValue().openedAt))
                    .ifPresent(it -> sessions.remove(it.getKey()));
        }
        if (sessions.size() >= limits.countMax()) {
            sessions.entrySet().stream()
                    .min(Comparator.comparing(it -> it.getValue().lastSeen))
                    .ifPresent(it -> sessions.remove(it.getKey()));
        }
    }
}

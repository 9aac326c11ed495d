package dev.muster.lab.wire;

import dev.muster.kernel.Provenance;
import dev.muster.lab.wire.TokenDesk.TokenOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * An ssh server that does one thing: whoever comes as user {@code lab} with a known key is told a fresh token of the
 * key's owner, whatever they ask for, and is sent away (contract §3). It listens on this machine only; clients come
 * through {@code /contssh/ws}. No passwords, no forwarding, no files.
 */
public final class ControllerSshd implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerSshd.class);
    private static final String USER = "lab";
    private static final String HOST = "127.0.0.1";
    private static final Duration SESSION_MAX = Duration.ofSeconds(30);
    private static final Duration ISSUE_MAX = Duration.ofSeconds(10);
    private static final int SESSIONS_MAX = 32;
    private static final AttributeKey<String> PERSON = new AttributeKey<>();

    private final LabKeys keys;
    private final TokenDesk desk;
    private final Duration tokenLife;
    private final SshServer server = SshServer.setUpDefaultServer();

    /**
     * Listens; blocks until it does.
     *
     * @param port on 127.0.0.1; 0: any that is free
     * @param hostKey file of its own key; made at the first start
     * @param tokenLife of the tokens it gives out
     */
    public ControllerSshd(int port, Path hostKey, LabKeys keys, TokenDesk desk, Duration tokenLife) {
        this.keys = keys;
        this.desk = desk;
        this.tokenLife = tokenLife;
        SimpleGeneratorHostKeyProvider host = new SimpleGeneratorHostKeyProvider(hostKey);
        host.setAlgorithm("EC");
        host.setKeySize(256);
        host.setOverwriteAllowed(false);
        host.setStrictFilePermissions(true);
        server.setHost(HOST);
        server.setPort(port);
        server.setKeyPairProvider(host);
        server.setPublickeyAuthenticator(this::isKnown);
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setSubsystemFactories(List.of());
        server.setShellFactory(session -> new Giving());
        server.setCommandFactory((session, line) -> new Giving());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, SESSION_MAX);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, SESSION_MAX);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 1);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, SESSIONS_MAX);
        try {
            // Now, not when the first client comes: a key that cannot be read or kept is found out at the start.
            host.loadKeys(null);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The lab's ssh server cannot listen on " + HOST + ":" + port, e);
        }
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return server.getPort();
    }

    /** Asked about each key that is offered; the last one before somebody is let in is the one that signed. */
    private boolean isKnown(String user, PublicKey key, ServerSession session) {
        String person = USER.equals(user) ? keys.personOf(key) : null;
        if (person != null) {
            session.setAttribute(PERSON, person);
        }
        return person != null;
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            LOG.warn("The lab's ssh server did not stop as it should", e);
        }
    }

    /** Tells the token, whatever was asked for. */
    private final class Giving implements Command {

        private @Nullable OutputStream out;
        private @Nullable OutputStream errors;
        private @Nullable ExitCallback exit;
        private @Nullable Disposable giving;

        @Override
        public void setInputStream(InputStream in) {
            // Nothing that is said here matters.
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            errors = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            ServerSession session = channel.getServerSession();
            String person = session.getAttribute(PERSON);
            if (person == null) {
                throw new IllegalStateException("nobody is let in without a key");
            }
            TokenOrder order = new TokenOrder(person, "ssh", TokenRoutes.USE, tokenLife);
            giving = desk.issueForKey(order, provenance(session))
                    .timeout(ISSUE_MAX)
                    // Writing may wait for the client.
                    .publishOn(Schedulers.boundedElastic())
                    .subscribe(issued -> finish(out, issued.text(), 0), failure -> {
                        WireFailure why = WireFailure.of(failure);
                        LOG.warn("No token for the owner of an ssh key: {}", why.text());
                        finish(errors, why.text(), 1);
                    });
        }

        private void finish(@Nullable OutputStream to, String line, int code) {
            try {
                if (to != null) {
                    to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    to.flush();
                }
            } catch (IOException e) {
                LOG.debug("Somebody left before being answered", e);
            }
            if (exit != null) {
                exit.onExit(code);
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            if (giving != null) {
                giving.dispose();
            }
        }
    }

    private static Map<String, String> provenance(ServerSession session) {
        Map<String, String> provenance = new HashMap<>();
        if (session.getClientAddress() instanceof InetSocketAddress address) {
            provenance.put(Provenance.ADDRESS, address.getAddress().getHostAddress());
        }
        return provenance;
    }
}

package dev.muster.updates.artifacts;

import dev.muster.kernel.Refused;
import dev.muster.updates.UpdatesRefusal;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/** What went wrong on the way to another host, in words that tell nothing of addresses or passwords. */
final class RemoteFaults {

    private static final Logger log = LoggerFactory.getLogger(RemoteFaults.class);

    private RemoteFaults() {}

    /** The refusal for it; refusals and errors of this process stay what they are. */
    static Throwable explained(Throwable failure) {
        if (failure instanceof Error || Refused.in(failure).isPresent()) {
            return failure;
        }
        Throwable cause = Exceptions.unwrap(failure);
        log.info(
                "a file on another host could not be read: {}", cause.getClass().getName());
        return unreadable(sentence(cause));
    }

    static Refused unreadable(String sentence) {
        return UpdatesRefusal.URL_UNREADABLE.because(sentence);
    }

    private static String sentence(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "The host's name is not known.";
            case ConnectException _, NoRouteToHostException _ -> "The other host cannot be reached.";
            case SSLException _ -> "The other host's certificate is not accepted.";
            case ReadTimeoutException _ -> "The other host was silent for too long.";
            case TimeoutException _ -> "Reading from the other host takes too long.";
            default -> "The other host broke off, or does not speak HTTP.";
        };
    }
}

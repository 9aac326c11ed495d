package dev.muster.config;

import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.crash.OddMuster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.core.env.Environment;

/**
 * Muster as it is, but that a change of the agents' target stops for ever just before it is durable, or just after, so
 * that somebody can kill the process exactly there. In the directory that the setting {@value #MOMENTS} names, the file
 * {@code stop} holds {@code before} or {@code after}; as soon as it is so far, the file {@code stopped} is there.
 */
public final class StoppingMuster {

    public static final String MOMENTS = "test.moments";

    private StoppingMuster() {}

    public static void main(String[] args) {
        OddMuster.run(args, beans -> {
            Path moments = Path.of(beans.getBean(Environment.class).getRequiredProperty(MOMENTS));
            return (events, really) -> {
                boolean target = events.stream().anyMatch(StoppingMuster::isTarget);
                if (target) {
                    stopAt("before", moments);
                }
                Object answer = really.append();
                if (target) {
                    // What is appended is written in the commit phase; nobody is answered before the next is over.
                    CurrentUnitOfWork.get().root().afterCommit(unit -> stopAt("after", moments));
                }
                return answer;
            };
        });
    }

    private static boolean isTarget(Object event) {
        return event instanceof EventMessage<?> message && message.getPayload() instanceof TargetChanged;
    }

    private static void stopAt(String moment, Path moments) {
        Path wanted = moments.resolve("stop");
        try {
            if (!Files.exists(wanted) || !Files.readString(wanted).strip().equals(moment)) {
                return;
            }
            Files.createFile(moments.resolve("stopped"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}

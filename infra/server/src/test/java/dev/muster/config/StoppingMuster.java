package dev.muster.config;

import dev.muster.Muster;
import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.server.EventSerializer;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.RocksEventStorageEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.Environment;

/**
 * Muster as it is, but that a change of the agents' target stops for ever just before it is durable, or just after, so
 * that somebody can kill the process exactly there. In the directory that the setting {@value #MOMENTS} names, the file
 * {@code stop} holds {@code before} or {@code after}; as soon as it is so far, the file {@code stopped} is there.
 */
public final class StoppingMuster {

    public static final String MOMENTS = "test.moments";

    private static final String EVENT_STORE = "eventStore";

    private StoppingMuster() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Muster.class);
        BeanFactoryPostProcessor stopping = beans -> {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
            registry.removeBeanDefinition(EVENT_STORE);
            registry.registerBeanDefinition(
                    EVENT_STORE, new RootBeanDefinition(EventStore.class, () -> stopping(beans)));
        };
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(stopping));
        application.run(args);
    }

    private static EventStore stopping(ConfigurableListableBeanFactory beans) {
        EventSerializer serializer = beans.getBean(EventSerializer.class);
        Path moments = Path.of(beans.getBean(Environment.class).getRequiredProperty(MOMENTS));
        EventStorageEngine sound = RocksEventStorageEngine.over(
                beans.getBean(EmbeddedStore.class),
                serializer,
                serializer,
                beans.getBean(EventUpcasterChain.class),
                SnapshotFilter.allowAll());
        EventStorageEngine stopping = (EventStorageEngine) Proxy.newProxyInstance(
                StoppingMuster.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) -> {
                    boolean target = method.getName().equals("appendEvents")
                            && arguments[0] instanceof List<?> events
                            && events.stream().anyMatch(StoppingMuster::isTarget);
                    if (target) {
                        stopAt("before", moments);
                    }
                    Object answer = call(sound, method, arguments);
                    if (target) {
                        // What is appended is written in the commit phase; nobody is answered before the next is over.
                        CurrentUnitOfWork.get().root().afterCommit(unit -> stopAt("after", moments));
                    }
                    return answer;
                });
        return EmbeddedEventStore.builder().storageEngine(stopping).build();
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

    private static Object call(EventStorageEngine sound, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

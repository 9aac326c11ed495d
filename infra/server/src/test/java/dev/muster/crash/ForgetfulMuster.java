package dev.muster.crash;

import dev.muster.Muster;
import dev.muster.server.EventSerializer;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.RocksEventStorageEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;

/**
 * Muster as it must not be: events are put into a queue, the caller is told that all is well, and a little later they
 * are written. The crash test has to notice.
 */
public final class ForgetfulMuster {

    private static final String EVENT_STORE = "eventStore";
    private static final Duration LATE = Duration.ofMillis(20);

    private ForgetfulMuster() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Muster.class);
        BeanFactoryPostProcessor broken = beans -> {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
            registry.removeBeanDefinition(EVENT_STORE);
            registry.registerBeanDefinition(
                    EVENT_STORE, new RootBeanDefinition(EventStore.class, () -> forgetful(beans)));
        };
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(broken));
        application.run(args);
    }

    private static EventStore forgetful(ConfigurableListableBeanFactory beans) {
        EventSerializer serializer = beans.getBean(EventSerializer.class);
        EventStorageEngine sound = RocksEventStorageEngine.over(
                beans.getBean(EmbeddedStore.class),
                serializer,
                serializer,
                beans.getBean(EventUpcasterChain.class),
                SnapshotFilter.allowAll());
        ExecutorService queue = Executors.newSingleThreadExecutor();
        EventStorageEngine forgetful = (EventStorageEngine) Proxy.newProxyInstance(
                ForgetfulMuster.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("appendEvents") && arguments[0] instanceof List) {
                        queue.execute(() -> late(sound, method, arguments));
                        return null;
                    }
                    return call(sound, method, arguments);
                });
        return EmbeddedEventStore.builder().storageEngine(forgetful).build();
    }

    private static void late(EventStorageEngine sound, Method append, Object[] events) {
        LockSupport.parkNanos(LATE.toNanos());
        try {
            call(sound, append, events);
        } catch (Throwable e) {
            e.printStackTrace();
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

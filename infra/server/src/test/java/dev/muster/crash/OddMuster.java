package dev.muster.crash;

import dev.muster.Muster;
import dev.muster.server.EventSerializer;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.RocksEventStorageEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;

/** Muster as it is, but that something odd happens when events are appended. */
public final class OddMuster {

    private static final String EVENT_STORE = "eventStore";

    private OddMuster() {}

    /** What is done when events shall be appended. */
    public interface Appending {

        /** @param really appends them as the server does */
        @Nullable
        Object append(List<?> events, Really really) throws Throwable;
    }

    /** What would be done. */
    public interface Really {

        @Nullable
        Object append() throws Throwable;
    }

    /** @param how made once the server's settings are known */
    public static void run(String[] args, Function<ConfigurableListableBeanFactory, Appending> how) {
        SpringApplication application = new SpringApplication(Muster.class);
        BeanFactoryPostProcessor odd = beans -> {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
            registry.removeBeanDefinition(EVENT_STORE);
            registry.registerBeanDefinition(
                    EVENT_STORE, new RootBeanDefinition(EventStore.class, () -> store(beans, how.apply(beans))));
        };
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(odd));
        application.run(args);
    }

    private static EventStore store(ConfigurableListableBeanFactory beans, Appending appending) {
        EventSerializer serializer = beans.getBean(EventSerializer.class);
        EventStorageEngine sound = RocksEventStorageEngine.over(
                beans.getBean(EmbeddedStore.class),
                serializer,
                serializer,
                beans.getBean(EventUpcasterChain.class),
                SnapshotFilter.allowAll());
        EventStorageEngine odd = (EventStorageEngine) Proxy.newProxyInstance(
                OddMuster.class.getClassLoader(),
                new Class<?>[] {EventStorageEngine.class},
                (proxy, method, arguments) ->
                        method.getName().equals("appendEvents") && arguments[0] instanceof List<?> events
                                ? appending.append(events, () -> call(sound, method, arguments))
                                : call(sound, method, arguments));
        return EmbeddedEventStore.builder().storageEngine(odd).build();
    }

    private static @Nullable Object call(EventStorageEngine sound, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

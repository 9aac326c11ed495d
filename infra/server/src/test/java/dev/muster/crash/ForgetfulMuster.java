package dev.muster.crash;

import dev.muster.Muster;
import dev.muster.server.MusterSettings;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.ForgetfulStore;
import dev.muster.store.StoreSettings;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;

/** Muster as it must not be: its event store acknowledges before it writes. The crash test has to notice. */
public final class ForgetfulMuster {

    private static final String STORE = "embeddedStore";

    private ForgetfulMuster() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Muster.class);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(replacingTheStore()));
        application.run(args);
    }

    private static BeanFactoryPostProcessor replacingTheStore() {
        return beans -> {
            BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beans;
            registry.removeBeanDefinition(STORE);
            registry.registerBeanDefinition(
                    STORE,
                    new RootBeanDefinition(
                            EmbeddedStore.class,
                            () -> ForgetfulStore.open(
                                    StoreSettings.at(beans.getBean(MusterSettings.class)
                                            .data()
                                            .resolve("events")),
                                    beans.getBean(Clock.class))));
        };
    }
}

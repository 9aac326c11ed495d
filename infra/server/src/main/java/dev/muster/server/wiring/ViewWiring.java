package dev.muster.server.wiring;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import dev.muster.kernel.History;
import dev.muster.overview.view.Projections;
import dev.muster.overview.view.ViewSettings;
import dev.muster.registry.view.ContactBook;
import dev.muster.registry.view.ContactSettings;
import dev.muster.server.MusterSettings;
import dev.muster.updates.view.ActionsProjection;
import dev.muster.updates.view.RolloutsProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The view store: a MongoDB by setting, else one inside this process on a file, for views that can be rebuilt. */
@Configuration(proxyBeanMethods = false)
class ViewWiring {

    /** A view server with the client that speaks to it; they start and end together. */
    record ViewServer(MongoClient client, Runnable stop) implements DisposableBean {

        @Override
        public void destroy() {
            client.close();
            stop.run();
        }
    }

    @Bean
    ViewServer viewServer(MusterSettings settings) {
        String uri = settings.views().mongoUri();
        if (uri != null && !uri.isBlank()) {
            return new ViewServer(MongoClients.create(uri), () -> {});
        }
        Path file = settings.data().resolve("views").resolve("views.mv");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MongoServer server = new MongoServer(new H2Backend(file.toString()));
        InetSocketAddress address = server.bind();
        return new ViewServer(MongoClients.create("mongodb://127.0.0.1:" + address.getPort()), server::shutdownNow);
    }

    @Bean
    MongoDatabase viewDatabase(ViewServer server, MusterSettings settings) {
        return server.client().getDatabase(settings.views().database());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ContactBook contactBook(MongoDatabase viewDatabase) {
        return new ContactBook(viewDatabase, ContactSettings.DEFAULTS);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Projections projections(MongoDatabase viewDatabase, History history, Clock clock) {
        return new Projections(
                viewDatabase,
                history,
                clock,
                ViewSettings.DEFAULTS,
                List.of(new ActionsProjection(), new RolloutsProjection()));
    }
}

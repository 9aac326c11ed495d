package dev.muster.server.wiring;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.muster.kernel.History;
import dev.muster.overview.view.EmbeddedViewServer;
import dev.muster.overview.view.Projections;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.ViewSettings;
import dev.muster.registry.view.ContactBook;
import dev.muster.registry.view.ContactSettings;
import dev.muster.server.MusterSettings;
import dev.muster.updates.view.ActionsProjection;
import dev.muster.updates.view.RolloutsProjection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The view store: a MongoDB by setting, else one inside this process on a file, for views that can be rebuilt. */
@Configuration(proxyBeanMethods = false)
class ViewWiring {

    /** A view store with the client that speaks to it; {@code embedded} is null when a MongoDB elsewhere holds it. */
    record ViewServer(MongoClient client, @Nullable EmbeddedViewServer embedded) implements DisposableBean {

        @Override
        public void destroy() {
            client.close();
            if (embedded != null) {
                embedded.close();
            }
        }
    }

    @Bean
    ViewServer viewServer(MusterSettings settings) {
        String uri = settings.views().mongoUri();
        if (uri != null && !uri.isBlank()) {
            return new ViewServer(MongoClients.create(uri), null);
        }
        Path file = settings.data().resolve("views").resolve("documents.mv");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EmbeddedViewServer server = new EmbeddedViewServer(file);
        return new ViewServer(MongoClients.create(server.uri()), server);
    }

    @Bean
    MongoDatabase viewDatabase(ViewServer server, MusterSettings settings) {
        return server.client().getDatabase(settings.views().database());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ContactBook contactBook(ViewServer server, MongoDatabase viewDatabase) {
        EmbeddedViewServer embedded = server.embedded();
        return embedded == null
                ? new ContactBook(viewDatabase, ContactSettings.DEFAULTS)
                : new ContactBook(viewDatabase, ContactSettings.DEFAULTS, embedded.checkpoints());
    }

    @Bean(initMethod = "open", destroyMethod = "close")
    Projections projections(ViewServer server, MongoDatabase viewDatabase, History history, Clock clock) {
        List<ViewProjection> all = List.of(new ActionsProjection(), new RolloutsProjection());
        EmbeddedViewServer embedded = server.embedded();
        return embedded == null
                ? new Projections(viewDatabase, history, clock, ViewSettings.DEFAULTS, all)
                : new Projections(viewDatabase, embedded, history, clock, ViewSettings.DEFAULTS, all);
    }
}

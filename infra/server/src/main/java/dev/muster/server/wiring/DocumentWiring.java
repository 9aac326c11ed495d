package dev.muster.server.wiring;

import dev.muster.observe.ContentStore;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.JsonFormatter;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.RuleGroups;
import dev.muster.observe.command.http.DocumentsEndpoint;
import dev.muster.observe.command.http.RuleCheckEndpoint;
import dev.muster.observe.documents.DocumentSettings;
import dev.muster.observe.documents.GroupTexts;
import dev.muster.observe.documents.RuleTexts;
import dev.muster.observe.documents.StoredTexts;
import dev.muster.observe.documents.json.PythonJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Schedulers;

/** Dashboards and alert rules: how they are read and kept, and who takes them. */
@Configuration(proxyBeanMethods = false)
@Import({DocumentsEndpoint.class, RuleCheckEndpoint.class})
class DocumentWiring {

    @Bean
    DocumentSettings documentSettings() {
        return DocumentSettings.defaults();
    }

    /** What may come in is what can be read. */
    @Bean
    dev.muster.observe.command.DocumentSettings incomingDocuments(DocumentSettings settings) {
        return new dev.muster.observe.command.DocumentSettings(settings.dashboardSizeMax(), settings.rulesSizeMax());
    }

    @Bean
    RuleFiles ruleFiles(DocumentSettings settings) {
        return new RuleTexts(settings);
    }

    @Bean
    RuleGroups ruleGroups(DocumentSettings settings) {
        return new GroupTexts(settings);
    }

    @Bean
    DocumentTexts documentTexts(RuleFiles rules, ContentStore contents, DocumentSettings settings) {
        return new StoredTexts(rules, contents, settings, Schedulers.parallel());
    }

    @Bean
    JsonFormatter jsonFormatter() {
        return new PythonJson();
    }
}

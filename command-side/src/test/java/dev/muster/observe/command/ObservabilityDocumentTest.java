package dev.muster.observe.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.observe.DocumentKind.GRAFANA_DASHBOARD;
import static dev.muster.observe.DocumentKind.PROMETHEUS_RULES;
import static dev.muster.observe.ObserveRefusal.DOCUMENT_EXISTS;
import static dev.muster.observe.ObserveRefusal.DOCUMENT_UNKNOWN;

import dev.muster.kernel.KernelRefusal;
import dev.muster.observe.DocumentCommand.PublishDocument;
import dev.muster.observe.DocumentCommand.RemoveDocument;
import dev.muster.observe.DocumentCommand.ReviseDocument;
import dev.muster.observe.DocumentContent;
import dev.muster.observe.DocumentEvent.DocumentPublished;
import dev.muster.observe.DocumentEvent.DocumentRemoved;
import dev.muster.observe.DocumentEvent.DocumentRevised;
import dev.muster.observe.DocumentId;
import dev.muster.observe.Uid;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservabilityDocumentTest {

    private static final Uid CPU = new Uid("cpu");
    private static final DocumentId FIRST = new DocumentId(new UUID(0, 1));
    private static final DocumentId SECOND = new DocumentId(new UUID(0, 2));
    private static final DocumentContent OLD = new DocumentContent("0".repeat(64), 10, false);
    private static final DocumentContent NEW = new DocumentContent("1".repeat(64), 11, false);

    private AggregateTestFixture<ObservabilityDocument> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(ObservabilityDocument.class);
    }

    private static PublishDocument publish(DocumentId id, DocumentContent content) {
        return new PublishDocument(GRAFANA_DASHBOARD, CPU, id, content);
    }

    private static DocumentPublished published(DocumentId id) {
        return new DocumentPublished(GRAFANA_DASHBOARD, CPU, id, OLD);
    }

    private static DocumentRemoved removed(DocumentId id) {
        return new DocumentRemoved(GRAFANA_DASHBOARD, CPU, id);
    }

    private static ReviseDocument revise(DocumentContent content, Long version) {
        return new ReviseDocument(GRAFANA_DASHBOARD, CPU, content, version);
    }

    @Test
    void aNewDocumentIsPublished() {
        fixture.givenNoPriorActivity()
                .when(publish(FIRST, OLD))
                .expectEvents(published(FIRST))
                .expectResultMessagePayload(true);
    }

    @Test
    void theSameOrderAgainChangesNothing() {
        fixture.given(published(FIRST))
                .when(publish(FIRST, OLD))
                .expectNoEvents()
                .expectResultMessagePayload(false);
        fixture.given(published(FIRST), removed(FIRST))
                .when(publish(FIRST, OLD))
                .expectNoEvents();
    }

    @Test
    void aUidInUseIsRefused() {
        refused(fixture.given(published(FIRST)).when(publish(SECOND, OLD)), DOCUMENT_EXISTS);
        refused(fixture.given(published(FIRST)).when(publish(FIRST, NEW)), DOCUMENT_EXISTS);
    }

    @Test
    void afterItsRemovalTheUidMayNameAnother() {
        fixture.given(published(FIRST), removed(FIRST))
                .when(publish(SECOND, OLD))
                .expectEvents(published(SECOND));
    }

    @Test
    void otherContentRevisesIt() {
        fixture.given(published(FIRST))
                .when(revise(NEW, 0L))
                .expectEvents(new DocumentRevised(GRAFANA_DASHBOARD, CPU, FIRST, NEW));
    }

    @Test
    void theContentItHasChangesNothing() {
        fixture.given(published(FIRST)).when(revise(OLD, null)).expectNoEvents();
    }

    @Test
    void whetherItIsATemplateIsDecidedOnce() {
        DocumentContent template = new DocumentContent(OLD.sha256(), OLD.size(), true);
        fixture.given(new DocumentPublished(PROMETHEUS_RULES, CPU, FIRST, template))
                .when(new ReviseDocument(PROMETHEUS_RULES, CPU, NEW, null))
                .expectEvents(new DocumentRevised(
                        PROMETHEUS_RULES, CPU, FIRST, new DocumentContent(NEW.sha256(), NEW.size(), true)));
        fixture.given(new DocumentPublished(PROMETHEUS_RULES, CPU, FIRST, template))
                .when(new ReviseDocument(PROMETHEUS_RULES, CPU, OLD, null))
                .expectNoEvents();
    }

    @Test
    void aDashboardIsNeverATemplate() {
        fixture.givenNoPriorActivity()
                .when(publish(FIRST, new DocumentContent(OLD.sha256(), OLD.size(), true)))
                .expectEvents(published(FIRST));
    }

    @Test
    void itIsRemovedOnce() {
        fixture.given(published(FIRST))
                .when(new RemoveDocument(GRAFANA_DASHBOARD, CPU, 0L))
                .expectEvents(removed(FIRST));
        refused(
                fixture.given(published(FIRST), removed(FIRST)).when(new RemoveDocument(GRAFANA_DASHBOARD, CPU, null)),
                DOCUMENT_UNKNOWN);
    }

    @Test
    void whatIsNotThereCannotBeRevised() {
        refused(fixture.givenNoPriorActivity().when(revise(NEW, null)), DOCUMENT_UNKNOWN);
    }

    @Test
    void anOldVersionIsRefused() {
        refused(fixture.given(published(FIRST)).when(revise(NEW, 4L)), KernelRefusal.VERSION_LOST);
        refused(
                fixture.given(published(FIRST)).when(new RemoveDocument(GRAFANA_DASHBOARD, CPU, 4L)),
                KernelRefusal.VERSION_LOST);
    }
}

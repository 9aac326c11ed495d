package dev.muster.observe.cos;

import dev.muster.identity.BearerTokens;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.observe.ApplicationLinks;
import dev.muster.observe.DocumentTexts;
import dev.muster.observe.Documents;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.JsonFormatter;
import dev.muster.observe.RuleFiles;
import java.time.Clock;

/** Everything this adapter asks of the rest of the house. */
public record CosPorts(
        Enrolments enrolments,
        EnrolmentOrders orders,
        Documents documents,
        DocumentTexts texts,
        RuleFiles ruleFiles,
        JsonFormatter jsonFormatter,
        ApplicationLinks links,
        Commands commands,
        Positions positions,
        BearerTokens tokens,
        Peers peers,
        Clock clock) {}

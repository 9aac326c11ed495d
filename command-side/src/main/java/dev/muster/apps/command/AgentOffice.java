package dev.muster.apps.command;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAccounts;
import dev.muster.apps.AppAgentCommand.EnrolAgent;
import dev.muster.apps.AppAgentCommand.RotateAgentSecret;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.apps.Projects.Project;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Enrols agents and gives them new secrets. A secret is kept first and made known second: an agent that the log knows has
 * one. What was kept for an order that was refused is forgotten.
 */
public final class AgentOffice {

    private final Commands commands;
    private final Numbers numbers;
    private final DeviceDirectory devices;
    private final AppAgents agents;
    private final Projects projects;
    private final AgentSecrets secrets;
    private final AppAccounts accounts;
    private final AgentFileSettings settings;

    public AgentOffice(
            Commands commands,
            Numbers numbers,
            DeviceDirectory devices,
            AppAgents agents,
            Projects projects,
            AgentSecrets secrets,
            AppAccounts accounts,
            AgentFileSettings settings) {
        this.commands = commands;
        this.numbers = numbers;
        this.devices = devices;
        this.agents = agents;
        this.projects = projects;
        this.secrets = secrets;
        this.accounts = accounts;
        this.settings = settings;
    }

    /** Answers the file when the agent may sign in with it; memory shall have caught up before. */
    public Mono<AgentFile> enrol(DeviceId device, ProjectKey projectKey, String reached, Caller caller) {
        DeviceFacts facts = facts(device);
        Project project = projects.needed(projectKey);
        if (agents.find(device) != null) {
            throw AppsRefusal.AGENT_ENROLLED.because("Device '" + device + "' is enrolled already.");
        }
        String serial = UUID.randomUUID().toString();
        String secretId = UUID.randomUUID().toString();
        return Mono.zip(accounts.of(caller), numbers.next(Series.APP_AGENT), made(device, secretId))
                .flatMap(drawn -> {
                    long key = drawn.getT2();
                    AgentFile.Identity identity = new AgentFile.Identity(key, serial);
                    // Made once more, if need be: the end of an enrolment before this one may be heard in between, and
                    // destroys whatever there is.
                    return commands.<Boolean>send(new EnrolAgent(
                                    device, project.key(), new AgentKey(key), serial, secretId, drawn.getT1()))
                            .then(Mono.defer(() -> made(device, secretId)))
                            .map(secret -> AgentFile.of(facts, identity, project, secret, settings, reached));
                })
                .onErrorResume(failure -> forgotten(device, secretId).then(Mono.error(failure)));
    }

    /** Answers the new file; the old secret proves nobody any more. */
    public Mono<AgentFile> rotate(DeviceId device, String reached) {
        DeviceFacts facts = facts(device);
        AppAgent agent = agents.needed(device);
        Project project = projects.needed(agent.project());
        String secretId = UUID.randomUUID().toString();
        return made(device, secretId)
                .flatMap(secret -> {
                    AgentFile file =
                            AgentFile.of(facts, AgentFile.Identity.of(agent), project, secret, settings, reached);
                    return commands.<Boolean>send(new RotateAgentSecret(device, secretId, agent.secretId()))
                            .thenReturn(file);
                })
                .onErrorResume(failure -> forgotten(device, secretId).then(Mono.error(failure)))
                .flatMap(file ->
                        forgotten(device, agent.secretId()).onErrorComplete().thenReturn(file));
    }

    private DeviceFacts facts(DeviceId device) {
        DeviceFacts facts = devices.facts(device);
        if (facts == null) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + device + "'.");
        }
        return facts;
    }

    private Mono<String> made(DeviceId device, String secretId) {
        return Mono.fromCallable(() -> secrets.make(device, secretId)).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> forgotten(DeviceId device, String secretId) {
        return Mono.<Void>fromRunnable(() -> secrets.forget(device, secretId)).subscribeOn(Schedulers.boundedElastic());
    }
}

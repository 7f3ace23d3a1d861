package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.backbone.HandMade;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.join.Job;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Founding, joining, leaving; each is a job that is followed. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1")
public final class FederationResource {
    private final Federation federation;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public FederationResource(Federation federation, Changes changes, Callers callers) {
        this.federation = federation;
        this.changes = changes;
        this.callers = callers;
    }

    /**
     * What is founded.
     * @param backboneFile      Kafka's connection file on the controller's machine
     * @param recoveryPublicKey raw Ed25519, base64
     */
    public record Found(
            @Nullable String name,
            @Nullable String backboneFile,
            @Nullable String recoveryPublicKey,
            @Nullable Boolean manualAcls) {}

    /** A join with a token's text. */
    public record Join(@Nullable String token, @Nullable Boolean dryRun) {
        @Override
        public String toString() {
            return "Join";
        }
    }

    /** A job as it stands. */
    public record Shown(
            String id,
            Job.State state,
            List<Job.Step> steps,
            @Nullable ApiError error) {
        static Shown of(Job job) {
            return new Shown(
                    job.id(),
                    job.state(),
                    job.steps(),
                    job.error().map(ApiError::of).orElse(null));
        }
    }

    @POST
    @Path("/federation")
    public Shown found(Found wanted) {
        callers.current().mustOperate("found a federation");
        var name = new FederationName(required("name", required(wanted).name()));
        var backbone = java.nio.file.Path.of(required("backboneFile", wanted.backboneFile()));
        String recoveryKey = required("recoveryPublicKey", wanted.recoveryPublicKey());
        return Shown.of(changes.recorded(
                callers.current(),
                "federation.found",
                name.value(),
                () -> federation.found(name, backbone, key(recoveryKey), Boolean.TRUE.equals(wanted.manualAcls()))));
    }

    /** Which federation on which Kafka; as {@link Found}. */
    public record ByHand(@Nullable String name, @Nullable String backboneFile) {}

    /**
     * For Kafka's administrator.
     * @param commands a POSIX shell script that makes all of it; every line can be run again
     * @param missing  what is not there yet, for people; empty when founding can go on
     */
    public record Commands(String commands, List<String> missing) {}

    /** What must be there before a federation can be founded without administering Kafka. Changes nothing. */
    @POST
    @Path("/federation/manual-acls")
    public Commands byHand(ByHand wanted) {
        callers.current().mustOperate("found a federation");
        HandMade needed = federation.byHand(
                new FederationName(required("name", required(wanted).name())),
                java.nio.file.Path.of(required("backboneFile", wanted.backboneFile())));
        return new Commands(needed.script(), needed.missing());
    }

    @POST
    @Path("/federation/join")
    public Shown join(Join wanted) {
        callers.current().mustOperate("join a federation");
        String token = required("token", required(wanted).token());
        return Shown.of(changes.recorded(
                callers.current(),
                "federation.join",
                "",
                () -> federation.join(token, Boolean.TRUE.equals(wanted.dryRun()))));
    }

    @POST
    @Path("/federation/leave")
    public Shown leave() {
        callers.current().mustOperate("leave the federation");
        return Shown.of(changes.recorded(callers.current(), "federation.leave", "", federation::leave));
    }

    @GET
    @Path("/jobs/{id}")
    public Shown job(@PathParam("id") String id) {
        return Shown.of(federation.jobs().find(id));
    }

    private static Ed25519PublicKey key(String base64) {
        try {
            return new Ed25519PublicKey(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException bad) {
            throw new TomboloException(
                    Fault.BAD_KEY, "recoveryPublicKey", "is not base64 of 32 bytes", "use `tombolo init`", bad);
        }
    }
}

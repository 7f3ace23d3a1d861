package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.tokens.AccessRole;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Rfc1123;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Credentials for this API; operators only. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/credentials")
public final class CredentialsResource {
    private final AccessTokens tokens;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public CredentialsResource(AccessTokens tokens, Changes changes, Callers callers) {
        this.tokens = tokens;
        this.changes = changes;
        this.callers = callers;
    }

    /**
     * What is asked for.
     * @param role      viewer, operator or owner
     * @param namespace of an owner
     */
    public record Wanted(
            @Nullable String name,
            @Nullable String role,
            @Nullable String namespace) {}

    /** The new credential; the token is shown this once. */
    public record Made(String name, String role, String namespace, String token) {}

    /** One that exists. */
    public record Listed(String name, String role, String namespace) {}

    @POST
    public Made create(Wanted wanted) {
        callers.current().mustOperate("create a credential");
        String name =
                Rfc1123.label("credential", required("name", required(wanted).name()));
        AccessRole role = role(required("role", wanted.role()));
        String namespace = role == AccessRole.OWNER
                ? Rfc1123.label("namespace", wanted.namespace() == null ? "" : wanted.namespace())
                : "";
        String token = changes.recorded(
                callers.current(),
                "credential.create",
                name + " " + role.text() + " " + namespace,
                () -> tokens.create(name, role, namespace));
        return new Made(name, role.text(), namespace, token);
    }

    @GET
    public List<Listed> list() {
        callers.current().mustOperate("list credentials");
        return tokens.list().stream()
                .map(e -> new Listed(e.name(), e.role().text(), e.namespace()))
                .toList();
    }

    @DELETE
    @Path("/{name}")
    public void remove(@PathParam("name") String name) {
        callers.current().mustOperate("delete a credential");
        boolean removed = changes.recorded(callers.current(), "credential.delete", name, () -> tokens.remove(name));
        if (!removed) {
            throw new TomboloException(
                    Fault.NOT_FOUND, "credential '" + name + "'", "does not exist", "list them with GET");
        }
    }

    private static AccessRole role(String text) {
        for (AccessRole role : AccessRole.values()) {
            if (role.text().equals(text.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        throw new TomboloException(
                Fault.BAD_RESOURCE, "role", "'" + text + "' is not a role", "use viewer, operator or owner");
    }
}

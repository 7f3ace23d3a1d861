package io.tombolo.terraform.mesh;

import static io.tombolo.terraform.mesh.Words.object;
import static io.tombolo.terraform.mesh.Words.objects;
import static io.tombolo.terraform.mesh.Words.requiredText;
import static io.tombolo.terraform.mesh.Words.text;
import static io.tombolo.terraform.mesh.Words.texts;
import static io.tombolo.terraform.mesh.Words.truth;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;

/** {@code tombolo_authorization_policy}. */
final class AuthorizationPolicies {
    private static final int MOST_VALUES = 256;
    private static final int MOST_PARTS = 16;

    private AuthorizationPolicies() {}

    static Kind kind() {
        return Kind.of(
                Words.MESH,
                "AuthorizationPolicy",
                "authorization policy",
                "Says who may do what with services of the cluster. The sidecar of the service decides, by the SPIFFE id that the "
                        + "caller proved.",
                object(
                        "target_ref",
                        "The service; without it every service of the namespace, in `tombolo-system` of the cluster.",
                        text("kind", "`Service`.", Checks.oneOf("Service")),
                        requiredText("name", "A service of the policy's namespace.", Checks.label())),
                requiredText("action", "`Allow` or `Deny`.", Checks.oneOf("Allow", "Deny")),
                text(
                        "mode",
                        "`Enforce`, or `Audit`: what it would refuse is logged and let through.",
                        Checks.oneOf("Enforce", "Audit")),
                objects(
                        "rules",
                        64,
                        "One that fits is enough. An Allow without rules lets nobody in; `{}` fits everything.",
                        from(),
                        to(),
                        when()));
    }

    private static Attribute from() {
        return objects(
                "from",
                MOST_PARTS,
                "Callers; one that fits is enough, all of its parts must. Everybody if nothing is said.",
                list("spiffe_ids", "Ids, exactly, or all below a `/`: `spiffe://td/ns/shop/*`."),
                list("not_spiffe_ids", "None of these."),
                list("trust_domains", "Of the caller."),
                list("not_trust_domains", "None of these."),
                list("namespaces", "Of the caller."),
                list("not_namespaces", "None of these."),
                list("clusters", "Members."),
                list("not_clusters", "None of these."));
    }

    private static Attribute to() {
        return objects(
                "to",
                MOST_PARTS,
                "What is asked; one that fits is enough, all of its parts must. Everything if nothing is said.",
                ports("ports", "Of the service."),
                ports("not_ports", "None of these."),
                list("methods", "Such as `GET`."),
                list("not_methods", "None of these."),
                list("paths", "`/a` exactly, `/a/*` also what is below it."),
                list("not_paths", "None of these."));
    }

    private static Attribute when() {
        return objects(
                "when",
                MOST_PARTS,
                "Headers; all must fit.",
                requiredText("header", "Its name."),
                text("value", "Exactly."),
                truth("present", "Whether it is there."));
    }

    private static Attribute list(String name, String description) {
        return texts(name, description, Checks.count(1, MOST_VALUES));
    }

    private static Attribute ports(String name, String description) {
        return Attribute.optional(name, new CtyType.ListOf(CtyType.Primitive.NUMBER), description)
                .with(Checks.count(1, MOST_VALUES))
                .with(Checks.each(Checks.between(1, 65_535)));
    }
}

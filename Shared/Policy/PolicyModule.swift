/// # Policy
///
/// Who may see and do what with the records of the register, as a pure function: no I/O, no clock, no logging.
///
/// - ``Policy`` is the rules as data: readable text in, canonical text out (``Policy/init(text:)``,
///   ``Policy/canonicalText``). The default is ``Policy/standard``.
/// - ``PolicyEvaluator`` is a policy made ready to decide: ``PolicyEvaluator/decide(_:)`` takes an ``AccessRequest``
///   (subject, action, resource, environment) and gives a ``Decision``: allow or deny, and for every data class what
///   is done to a record before the subject sees it. ``PolicyEvaluator/explain(_:)`` says why.
/// - ``PolicyEvaluator/predicate(_:_:atLeast:)`` gives the same rules as a condition on rows, for lists and searches;
///   ``CasePredicate/sql(_:first:)`` renders it.
/// - ``PolicyGuard`` holds the last ``PolicySnapshot`` and refuses to decide once it is too old.
/// - ``PolicyEvaluator`` also judges what would change access: grants, delegations, emergency access, downgrades.
///
/// The model is that of the register's policy paper, whose paragraphs the doc comments name: 5d data classes and
/// readers, 5e sensitivity and redaction, 5h invariants. Terms are those of XACML 3.0 where it has one: subject,
/// action, resource, environment, obligation, deny-overrides.
///
/// May import AIP (record ids, filter trees) and nothing else of this package.
enum PolicyModule {}

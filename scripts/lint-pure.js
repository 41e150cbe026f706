// The one lint rule that no rule set has: pure folders hold nothing asynchronous.
function refuse(context) {
  return (node) => {
    if (node.async === true) context.report({ node, message: "A pure folder holds no async function: read it in observe/ and pass it in." });
  };
}

export default {
  meta: { name: "pure" },
  rules: {
    "no-async": {
      create(context) {
        const check = refuse(context);
        return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
      },
    },
  },
};

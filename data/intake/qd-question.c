/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-question.h"

static void
clear_example (gpointer data)
{
  g_free (((QdExample *) data)->text);
}

static void
clear_answer (gpointer data)
{
  QdAnswer *answer = data;

  g_free (answer->value);
  g_free (answer->reading);
}

/**
 * qd_question_new:
 * @type: what is asked
 * @header: (nullable): the column's header
 * @other: (nullable): that of another column
 * @mixed: whether rows contradict one another
 *
 * Returns: (transfer full): a question without examples and answers
 */
QdQuestion *
qd_question_new (QdQuestionType type,
                 const char    *header,
                 const char    *other,
                 gboolean       mixed)
{
  QdQuestion *self = g_new0 (QdQuestion, 1);

  self->type = type;
  self->header = g_strdup (header != NULL ? header : "");
  self->other = g_strdup (other != NULL ? other : "");
  self->mixed = mixed;
  self->examples = g_array_new (FALSE, FALSE, sizeof (QdExample));
  g_array_set_clear_func (self->examples, clear_example);
  self->answers = g_array_new (FALSE, FALSE, sizeof (QdAnswer));
  g_array_set_clear_func (self->answers, clear_answer);
  return self;
}

/**
 * qd_question_add_example:
 * @self: a question
 * @line: line of the file
 * @text: what stands there
 *
 * Adds an example.
 */
void
qd_question_add_example (QdQuestion *self,
                         guint64     line,
                         const char *text)
{
  QdExample example = { line, g_strdup (text) };

  g_array_append_val (self->examples, example);
}

/**
 * qd_question_add_answer:
 * @self: a question
 * @value: what the option is set to
 * @reading: (nullable): what the example is then
 *
 * Adds an answer.
 */
void
qd_question_add_answer (QdQuestion *self,
                        const char *value,
                        const char *reading)
{
  QdAnswer answer = { g_strdup (value), g_strdup (reading != NULL ? reading : "") };

  g_array_append_val (self->answers, answer);
}

/**
 * qd_question_copy:
 * @self: a question
 *
 * Returns: (transfer full): the same once more
 */
QdQuestion *
qd_question_copy (const QdQuestion *self)
{
  QdQuestion *copy = qd_question_new (self->type, self->header, self->other, self->mixed);

  for (guint i = 0; i < self->examples->len; i++)
    {
      const QdExample *example = &g_array_index (self->examples, QdExample, i);

      qd_question_add_example (copy, example->line, example->text);
    }
  for (guint i = 0; i < self->answers->len; i++)
    {
      const QdAnswer *answer = &g_array_index (self->answers, QdAnswer, i);

      qd_question_add_answer (copy, answer->value, answer->reading);
    }
  return copy;
}

/**
 * qd_question_free:
 * @self: (nullable): a question
 *
 * Frees it.
 */
void
qd_question_free (QdQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->header);
  g_free (self->other);
  g_array_unref (self->examples);
  g_array_unref (self->answers);
  g_free (self);
}

/**
 * qd_question_apply:
 * @type: what was asked
 * @value: the answer
 * @options: the option that settles it is set
 *
 * Puts an answer into the options of an import.
 */
void
qd_question_apply (QdQuestionType   type,
                   const char      *value,
                   QdImportOptions *options)
{
  switch (type)
    {
    case QD_QUESTION_DATE_ORDER:
      options->date_order = value;
      break;
    case QD_QUESTION_DECIMAL:
      options->decimal = *value;
      break;
    case QD_QUESTION_AMOUNTS:
      options->amounts = value;
      break;
    case QD_QUESTION_AMOUNTS_ARE:
      options->amounts_are = value;
      break;
    case QD_QUESTION_LEVEL_OF:
      g_hash_table_insert (options->set, g_strdup ("level_of"), g_strdup (value));
      break;
    case QD_QUESTION_DISCOUNT:
      g_hash_table_insert (options->set, g_strdup ("discount_unit"), g_strdup (value));
      break;
    case QD_QUESTION_CURRENCY:
    default:
      g_hash_table_insert (options->set, g_strdup ("currency"), g_strdup (value));
      break;
    }
}

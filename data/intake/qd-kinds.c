/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "qd-kinds.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Synonyms are compared folded (small letters and digits only). Those that begin with "~" are weak: they count only
 * where neither the field's own name nor a strong synonym is there. No word stands under two fields of one kind. */
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define ACCOUNT_ID_WORDS                                                                                               \
  "accountid", "customerid", "custid", "accountnumber", "accountno", "customernumber", "customerno", "clientid",       \
      "companyid", "organizationid", "organisationid", "orgid", "accountcode", "customercode", "customerexternalid",   \
      "accountexternalid", "externalaccountid", "externalcustomerid", "stripecustomerid", "customersid",               \
      "subscriptionscustomerid", "sfdcaccountid", "salesforceaccountid", "salesforceid", "accountid18", "gsid",        \
      "companygsid", "companyrecordid", "hubspotcompanyid", "associatedcompanyid", "crmid", "accountaccountnumber",    \
      "accountaccountid", "customerref", "customerreference", "kundennummer", "kundennr", "kundenid", "numeroclient",   \
      "numéroclient", "idclient", "codeclient", "~kunde", "~customerhandle",                                          \
      "~customer", "~account", "~client", "~accountname", "~customername", "~companyname"

static const QdField account_fields[] = {
  { "account_id", QD_FIELD_ID, TRUE, TRUE,
    WORDS ("customerid", "custid", "accountnumber", "accountno", "customernumber", "customerno", "clientid", "companyid",
           "organizationid", "organisationid", "orgid", "accountcode", "customercode", "customerexternalid",
           "accountexternalid", "externalaccountid", "externalcustomerid", "stripecustomerid", "customersid",
           "sfdcaccountid", "salesforceaccountid", "salesforceid", "accountid18", "gsid", "companygsid",
           "companyrecordid", "hubspotcompanyid", "crmid", "accountaccountnumber", "kundennummer", "kundennr",
           "kundenid", "numeroclient", "numéroclient", "idclient", "codeclient",
           "~externalid", "~recordid", "~id", "~customer", "~account"), NULL },
  { "name", QD_FIELD_TEXT, TRUE, FALSE,
    WORDS ("accountname", "customername", "companyname", "clientname", "organizationname", "organisationname",
           "customercompany", "customerscompany", "kundenname", "firmenname", "nomclient", "nomduclient", "raisonsociale", "~kunde", "~firma",
           "~nom", "~client", "~company", "~organization", "~organisation", "~description"), NULL },
  { "parent_id", QD_FIELD_ID, FALSE, FALSE,
    WORDS ("parentaccountid", "parentcustomerid", "parentcompanyid", "parentaccount", "parentaccountnumber",
           "parentcompany", "parentgsid", "~parent"), NULL },
  { "domain", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("companydomain", "companydomainname", "emaildomain", "accountdomain", "~website", "~url"), NULL },
  { "segment", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("customersegment", "accountsegment", "companysegment", "marketsegment", "~sizesegment"), NULL },
  { "region", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("salesregion", "accountregion", "geo", "~territory", "~georegion"), NULL },
  { "country", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("land", "pays", "billingcountry", "countrycode", "billingaddresscountry", "customercountry", "countryregion",
           "~shippingcountry", "~cardaddresscountry"), NULL },
  { "industry", QD_FIELD_TEXT, FALSE, FALSE, WORDS ("branche", "secteur", "sector", "vertical", "accountindustry", "~industrygroup"), NULL },
  { "csm", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("customersuccessmanager", "csmname", "csmowner", "customersuccessowner", "accountcsm", "successmanager",
           "~accountmanager", "~csmemail"), NULL },
  { "touch", QD_FIELD_TEXT, FALSE, FALSE, WORDS ("touchmodel", "touchlevel", "servicemodel", "coveragemodel"), NULL },
  { "stage", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("lifecyclestage", "customerstage", "journeystage", "lifecycle", "~customerlifecyclestage"), NULL },
  { "signup_date", QD_FIELD_DATE, FALSE, FALSE,
    WORDS ("signupdate", "signedup", "signedupat", "customersince", "originalcontractdate", "startedat", "becamecustomer",
           "becameacustomerdate", "customerstartdate", "~createdat", "~createddate", "~created", "~createdutc",
           "~createdate", "~accountopened", "~datecreated"), NULL },
  { "sales_rep", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("accountowner", "salesowner", "salesrepname", "accountexecutive", "salesperson", "companyowner",
           "~ownername", "~owner", "~accountownername"), NULL },
  { "channel", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("acquisitionchannel", "saleschannel", "marketingchannel", "leadchannel"), NULL },
  { "source", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("leadsource", "referralsource", "acquisitionsource", "customersource", "originalsource",
           "originaltrafficsource", "accountsource"), NULL },
  { "discount_band", QD_FIELD_TEXT, FALSE, FALSE, WORDS ("discountband", "discountlevel"), NULL },
  { "currency", QD_FIELD_CURRENCY, FALSE, FALSE,
    WORDS ("currencyisocode", "currencycode", "billingcurrency", "accountcurrency", "preferredcurrency",
           "preferredcurrencycode"), NULL },
  { "seats", QD_FIELD_INTEGER, FALSE, FALSE, WORDS ("seatcount", "numberofseats", "licenses", "licences", "~users"), NULL },
  { "employees", QD_FIELD_INTEGER, FALSE, FALSE,
    WORDS ("numberofemployees", "employeecount", "headcount", "companysize"), NULL },
  { "fit", QD_FIELD_TEXT, FALSE, FALSE, WORDS ("icpfit", "fitscore", "customerfit", "icptier"), NULL },
  { "valid_from", QD_FIELD_DATE, FALSE, FALSE, WORDS ("effectivedate", "effectivefrom", "asof", "asofdate"), NULL },
};

static const QdField product_fields[] = {
  { "product_id", QD_FIELD_ID, TRUE, TRUE,
    WORDS ("productcode", "sku", "planid", "plancode", "itemid", "priceid", "productrateplanid", "product2id", "~id",
           "~code", "~externalid"), NULL },
  { "name", QD_FIELD_TEXT, TRUE, FALSE,
    WORDS ("productname", "planname", "itemname", "productrateplanname", "~product", "~plan", "~description", "~title"),
    NULL },
};

static const char *const percent_or_fraction[] = { "percent", "fraction", NULL };
static const char *const account_or_product[] = { "account", "product", NULL };

#define PRODUCT_WORDS                                                                                                  \
  "productid", "productname", "productcode", "sku", "planid", "plancode", "planname", "plantier", "subscriptionplan",  \
      "subscriptionsplanid", "rateplan", "rateplanname", "productrateplan", "productrateplanname", "priceid",          \
      "itemid", "itempriceid", "product2id", "produkt", "produit", "tarif", "~plan", "~tier", "~edition", "~package"

#define CURRENCY_WORDS                                                                                                 \
  "currencyisocode", "currencycode", "billingcurrency", "subscriptioncurrency", "subscriptionscurrencycode",           \
      "transactioncurrency", "accountcurrency", "währung", "waehrung", "devise"

static const QdField subscription_fields[] = {
  { "line_id", QD_FIELD_ID, TRUE, TRUE,
    WORDS ("subscriptionid", "subscriptionlineid", "subscriptionitemid", "lineitemid", "contractid", "contractlineid",
           "subscriptionsid", "subscriptionnumber", "subscriptionno", "rateplanchargeid", "chargenumber", "chargeid",
           "subscriptionuuid", "subscriptionexternalid", "agreementid", "contractnumber", "vertragsnummer", "vertragsnr",
           "vertragsid", "abonummer", "numerocontrat", "numérocontrat", "numéroducontrat", "idcontrat", "ordernumber",
           "orderproductid", "assetid", "opportunitylineitemid", "opportunityid", "dealid", "subscriptionref",
           "~uuid", "~id", "~externalid", "~recordid"), NULL },
  { "account_id", QD_FIELD_ID, TRUE, FALSE, WORDS (ACCOUNT_ID_WORDS), NULL },
  { "start", QD_FIELD_DATE, TRUE, FALSE,
    WORDS ("startdate", "startsat", "startedat", "startdateutc", "startutc", "subscriptionstart",
           "subscriptionstartdate", "subscriptionsstartedat", "contractstart", "contractstartdate", "effectivestartdate",
           "servicestart", "servicestartdate", "termstartdate", "activatedat", "subscriptionsactivatedat", "begindate",
           "validfrom", "beginn", "startdatum", "vertragsbeginn", "laufzeitbeginn", "debut", "début", "datedebut",
           "datedébut", "datededébut", "~currentperiodstart", "~currentperiodstartutc", "~currenttermstart",
           "~subscriptionscurrenttermstart", "~currenttermstartedat", "~effectivedate", "~createdat", "~createddate",
           "~created", "~createdutc"), NULL },
  { "end", QD_FIELD_DATE, FALSE, FALSE,
    WORDS ("enddate", "endsat", "endedat", "endedatutc", "enddateutc", "endutc", "subscriptionend",
           "subscriptionenddate", "contractend", "contractenddate", "effectiveenddate", "serviceend", "serviceenddate",
           "termenddate", "expiresat", "expirationdate", "expirydate", "validto", "validuntil", "terminationdate",
           "subscriptionendedat", "ende", "enddatum", "vertragsende", "laufzeitende", "fin", "datefin", "datedefin"), NULL },
  { "mrr", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("mrramount", "monthlyrecurringrevenue", "monthlyamount", "monthlyvalue", "monthlyprice", "monthlyfee",
           "subscriptionsmrr", "subscriptionmrr", "mrrvalue", "currentmrr", "monthlyrevenue", "~amount"), NULL },
  { "arr", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("arramount", "annualrecurringrevenue", "annualamount", "annualvalue", "annualcontractvalue", "acv",
           "annualizedvalue", "yearlyamount", "subscriptionarr", "annualrevenue", "arrvalue"), NULL },
  { "quantity", QD_FIELD_NUMBER, FALSE, FALSE,
    WORDS ("menge", "anzahl", "quantite", "quantité", "qty", "seats", "seatcount", "numberofseats", "licenses", "licences", "units", "planquantity",
           "subscriptionsplanquantity", "chargequantity", "~users"), NULL },
  { "unit_price", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("einzelpreis", "stückpreis", "prixunitaire", "priceperunit", "priceperseat", "unitamount", "planunitprice", "subscriptionsplanunitprice", "unitcost",
           "listunitprice", "salesprice", "chargeprice", "~price", "~planamount", "~rate"), NULL },
  { "interval", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("billinginterval", "billingperiod", "billingfrequency", "billingcycle", "billingterm", "planinterval",
           "priceinterval", "invoicefrequency", "paymentfrequency", "periodunit", "billingperiodunit",
           "planintervalunit", "~period", "~frequency", "~term"), NULL },
  { "interval_count", QD_FIELD_INTEGER, FALSE, FALSE,
    WORDS ("billingintervalcount", "planintervalcount", "planintervallength", "intervallength", "billingperiodcount",
           "specificbillingperiod"), NULL },
  { "discount", QD_FIELD_NUMBER, FALSE, FALSE,
    WORDS ("discountpercent", "discountpercentage", "discountpct", "percentoff", "discountrate", "linediscount"), NULL },
  { "discount_unit", QD_FIELD_CHOICE, FALSE, FALSE, NULL, percent_or_fraction },
  { "product", QD_FIELD_ID, FALSE, FALSE, WORDS (PRODUCT_WORDS), NULL },
  { "currency", QD_FIELD_CURRENCY, FALSE, FALSE, WORDS (CURRENCY_WORDS), NULL },
  { "trial", QD_FIELD_BOOLEAN, FALSE, FALSE, WORDS ("istrial", "trialflag", "intrial", "ontrial", "trialing"), NULL },
  { "canceled_at", QD_FIELD_DATE, FALSE, FALSE,
    WORDS ("cancelledat", "canceleddate", "cancelleddate", "canceldate", "cancellationdate", "canceledatutc",
           "subscriptionscancelledat", "canceledon", "cancelledon", "churndate"), NULL },
  { "notice_date", QD_FIELD_DATE, FALSE, FALSE, WORDS ("noticeat", "noticegivenat", "noticegiven"), NULL },
  { "auto_renew", QD_FIELD_BOOLEAN, FALSE, FALSE,
    WORDS ("autorenewflag", "autorenewal", "autorenews", "isautorenew", "renewsautomatically"), NULL },
  { "term_months", QD_FIELD_INTEGER, FALSE, FALSE,
    WORDS ("termlength", "contractterm", "contracttermmonths", "initialterm", "currentterm", "termlengthmonths",
           "subscriptionterm"), NULL },
};

static const QdField mrr_fields[] = {
  { "account_id", QD_FIELD_ID, TRUE, TRUE, WORDS (ACCOUNT_ID_WORDS), NULL },
  { "month", QD_FIELD_MONTH, TRUE, TRUE,
    WORDS ("monat", "mois", "monthend", "period", "snapshotmonth", "snapshotdate", "revenuemonth", "yearmonth", "reportingmonth",
           "reportmonth", "asof", "asofdate", "monthstart", "~date"), NULL },
  { "mrr", QD_FIELD_MONEY, TRUE, FALSE,
    WORDS ("mrramount", "monthlyrecurringrevenue", "monthlyamount", "monthlyrevenue", "mrrvalue", "currentmrr",
           "totalmrr", "endingmrr", "~amount", "~revenue", "~value"), NULL },
  { "product", QD_FIELD_ID, FALSE, TRUE, WORDS (PRODUCT_WORDS), NULL },
  { "currency", QD_FIELD_CURRENCY, FALSE, TRUE, WORDS (CURRENCY_WORDS), NULL },
};

static const QdField movement_fields[] = {
  { "event_id", QD_FIELD_ID, FALSE, TRUE,
    WORDS ("movementid", "activityid", "transactionid", "activityuuid", "eventuuid", "~uuid", "~id", "~externalid",
           "~recordid"), NULL },
  { "account_id", QD_FIELD_ID, TRUE, FALSE, WORDS (ACCOUNT_ID_WORDS), NULL },
  { "date", QD_FIELD_DATE, TRUE, FALSE,
    WORDS ("datum", "eventdate", "movementdate", "effectivedate", "activitydate", "eventtime", "eventtimestamp", "occurredat",
           "occurredon", "transactiondate", "changedate", "~timestamp", "~createdat", "~createddate", "~created",
           "~createdutc"), NULL },
  { "mrr_after", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("newmrrlevel", "mrrlevel", "levelafter", "mrrafterevent", "resultingmrr", "endingmrr", "mrraftermovement",
           "mrrafterchange", "newlevel", "activitymrr"), NULL },
  { "change", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("delta", "mrrdelta", "mrrchange", "mrrmovement", "deltamrr", "changeinmrr", "netchange", "amountchange",
           "activitymrrmovement", "differencemrr"), NULL },
  { "amount", QD_FIELD_MONEY, FALSE, FALSE,
    WORDS ("mrr", "mrramount", "monthlyrecurringrevenue", "monthlyamount", "eventamount", "eventmrr", "movementamount",
           "~value", "~total"), NULL },
  { "kind", QD_FIELD_TEXT, FALSE, FALSE,
    WORDS ("eventtype", "movementtype", "movementkind", "type", "eventkind", "activitytype", "changetype", "event",
           "movement", "action", "~category"), NULL },
  { "product", QD_FIELD_ID, FALSE, FALSE, WORDS (PRODUCT_WORDS), NULL },
  { "currency", QD_FIELD_CURRENCY, FALSE, FALSE, WORDS (CURRENCY_WORDS), NULL },
  { "level_of", QD_FIELD_CHOICE, FALSE, FALSE, NULL, account_or_product },
};

static const QdField fx_fields[] = {
  { "currency", QD_FIELD_CURRENCY, TRUE, TRUE,
    WORDS ("currencycode", "currencyisocode", "isocode", "fromcurrency", "basecurrency", "~code", "~from"), NULL },
  { "rate", QD_FIELD_NUMBER, TRUE, FALSE,
    WORDS ("exchangerate", "fxrate", "conversionrate", "~value"), NULL },
  { "month", QD_FIELD_MONTH, FALSE, TRUE,
    WORDS ("date", "period", "ratedate", "effectivedate", "validfrom", "startdate", "monthend"), NULL },
  { "set", QD_FIELD_TEXT, FALSE, TRUE, WORDS ("rateset", "setname", "ratesetname", "ratetype"), NULL },
};

#define KIND(id, table, custom) const QdKind qd_kind_##id = { #id, table, G_N_ELEMENTS (table), custom }

KIND (accounts, account_fields, TRUE);
KIND (products, product_fields, FALSE);
KIND (subscriptions, subscription_fields, FALSE);
KIND (mrr, mrr_fields, FALSE);
KIND (movements, movement_fields, FALSE);
KIND (fx, fx_fields, FALSE);

static const QdKind *const kinds[] = { &qd_kind_accounts, &qd_kind_products,  &qd_kind_subscriptions,
                                       &qd_kind_mrr,      &qd_kind_movements, &qd_kind_fx };

/**
 * qd_kind_list:
 * @n_kinds: (out): their number
 *
 * Returns: (transfer none) (array length=n_kinds): every kind of data
 */
const QdKind *const *
qd_kind_list (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/**
 * qd_kind_get_title:
 * @kind: a kind
 *
 * Returns: (transfer none): what its rows are, in English, marked for
 *   translation: inside a sentence
 */
const char *
qd_kind_get_title (const QdKind *kind)
{
  static const struct
  {
    const QdKind *kind;
    const char *title;
  } titles[] = {
    /* Translators: kinds of data, as in “import of accounts” */
    { &qd_kind_accounts, N_("accounts") },
    { &qd_kind_products, N_("products") },
    { &qd_kind_subscriptions, N_("subscriptions") },
    { &qd_kind_mrr, N_("monthly revenue") },
    { &qd_kind_movements, N_("movements") },
    { &qd_kind_fx, N_("exchange rates") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].kind == kind)
      return titles[i].title;
  return kind->name;
}

/**
 * qd_kind_find:
 * @name: what the person calls it
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the kind of that name, or `NULL` with
 *   `QD_INTAKE_ERROR_KIND`, whose message lists them all
 */
const QdKind *
qd_kind_find (const char *name,
              GError    **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i]->name, name) == 0)
        return kinds[i];
      g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", kinds[i]->name);
    }
  g_set_error (error, QD_INTAKE_ERROR, QD_INTAKE_ERROR_KIND, _("“%s” is no kind of data. The kinds are: %s."), name,
               all->str);
  return NULL;
}

/**
 * qd_kind_find_field:
 * @kind: a kind
 * @name: a field's name
 *
 * Returns: the field's number, or −1
 */
int
qd_kind_find_field (const QdKind *kind,
                    const char   *name)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return i;
  return -1;
}
